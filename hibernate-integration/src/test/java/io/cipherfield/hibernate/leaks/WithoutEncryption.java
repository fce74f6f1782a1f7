package io.cipherfield.hibernate.leaks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Loads the model and what works on it once more, with the names of the annotations changed to ones that do not exist. */
final class WithoutEncryption extends ClassLoader {

    WithoutEncryption() {
        super(WithoutEncryption.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(Marked.class.getName()) && !name.startsWith(Exercise.class.getName())) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .replace("Lio/cipherfield/hibernate/Encrypted;", "Lio/cipherfield/hibernate/Unencrypt;")
                    .replace("Lio/cipherfield/hibernate/EncryptedKey;", "Lio/cipherfield/hibernate/UnencryptKey;")
                    .getBytes(StandardCharsets.ISO_8859_1);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
