package io.cipherfield.hibernate;

/** How a test speaks to an entity whose class, enhanced, is another one than that which the test was compiled with. */
public interface Letter {

    String name();

    void name(String name);

    String body();

    void body(String body);

    byte[] seal();

    byte[] stamp();
}
