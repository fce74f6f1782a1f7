package io.cipherfield.hibernate;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.bytecode.enhance.spi.DefaultEnhancementContext;
import org.hibernate.bytecode.enhance.spi.Enhancer;
import org.hibernate.bytecode.enhance.spi.UnloadedClass;
import org.hibernate.bytecode.enhance.spi.UnloadedField;
import org.hibernate.bytecode.internal.bytebuddy.BytecodeProviderImpl;

/** Gives entities as Hibernate's build plugin would have left them: with lazy attributes and a record of their changes. */
final class EnhancingClassLoader extends ClassLoader {

    private final Set<String> entities;
    private final Enhancer enhancer = new BytecodeProviderImpl().getEnhancer(new DefaultEnhancementContext() {
        @Override
        public boolean hasLazyLoadableAttributes(UnloadedClass type) {
            return true;
        }

        @Override
        public boolean isLazyLoadable(UnloadedField field) {
            return true;
        }

        @Override
        public boolean doDirtyCheckingInline(UnloadedClass type) {
            return true;
        }
    });

    EnhancingClassLoader(Class<?>... entities) {
        super(EnhancingClassLoader.class.getClassLoader());
        this.entities = Arrays.stream(entities).map(Class::getName).collect(Collectors.toSet());
    }

    Class<?> enhanced(Class<?> entity) throws ClassNotFoundException {
        return loadClass(entity.getName());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!entities.contains(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] enhanced = enhancer.enhance(name, file.readAllBytes());
            return defineClass(name, enhanced, 0, enhanced.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
