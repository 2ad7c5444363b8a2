fn main() {
    println!("greetings");
}
