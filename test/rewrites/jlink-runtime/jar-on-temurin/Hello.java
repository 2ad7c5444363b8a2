import java.util.logging.Logger;

public class Hello {
	public static void main(String[] arguments) {
		Logger.getLogger("hello").info("hello from " + System.getProperty("java.home"));
	}
}
