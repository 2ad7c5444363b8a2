package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Hello {
	public static void main(String[] arguments) {
		SpringApplication.run(Hello.class, arguments);
	}
}
