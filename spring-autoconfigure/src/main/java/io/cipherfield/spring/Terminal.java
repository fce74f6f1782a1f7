package io.cipherfield.spring;

import java.io.Console;
import java.lang.reflect.Method;

/** Whether a person looks at the output. */
final class Terminal {

    private Terminal() {}

    /** From Java 22 on there may be a console without a terminal, and {@code isTerminal} tells. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isPresent() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
