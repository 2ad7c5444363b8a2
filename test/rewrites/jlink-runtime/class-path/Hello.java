public class Hello {
	public static void main(String[] arguments) {
		System.out.println(Greeting.to(arguments.length == 0 ? "nobody" : arguments[0]));
	}
}
