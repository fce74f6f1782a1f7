package io.cipherfield.spring.clinic;

/** A main method that hides failures, as some do. */
public class SwallowingApplication {

    public static void main(String[] arguments) {
        try {
            ClinicApplication.main(arguments);
        } catch (RuntimeException e) {
            System.out.println("something went wrong");
        }
        System.exit(0);
    }
}
