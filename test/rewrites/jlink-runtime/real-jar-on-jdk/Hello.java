import java.util.logging.Level;
import javax.net.ssl.SSLContext;

public class Hello {
	public static void main(String[] arguments) throws Exception {
		System.out.println(System.getenv("GREETING") + " " + arguments[0] + ", " + Level.INFO + " " + SSLContext.getDefault().getProtocol() + " " + System.getProperty("user.name"));
	}
}
