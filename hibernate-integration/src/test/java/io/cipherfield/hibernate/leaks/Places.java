package io.cipherfield.hibernate.leaks;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Everything that got out of the application, by the place where it got to. */
public final class Places {

    private final Map<String, ByteArrayOutputStream> places = new TreeMap<>();

    public synchronized void add(String place, byte[] content) {
        places.computeIfAbsent(place, name -> new ByteArrayOutputStream()).writeBytes(content);
    }

    public void add(String place, Object content) {
        add(place, (content + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** With its stack, causes and suppressed exceptions. */
    public void add(String place, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        add(place, (Object) text);
    }

    /** Of each place: which values are there, and how often. */
    synchronized Map<String, Map<String, Integer>> search(Needles needles) {
        Map<String, Map<String, Integer>> found = new TreeMap<>();
        places.forEach((place, content) -> found.put(place, needles.in(content.toByteArray())));
        return found;
    }
}
