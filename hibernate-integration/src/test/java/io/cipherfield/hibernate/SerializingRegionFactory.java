package io.cipherfield.hibernate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.cache.cfg.spi.DomainDataRegionBuildingContext;
import org.hibernate.cache.cfg.spi.DomainDataRegionConfig;
import org.hibernate.cache.spi.support.DomainDataStorageAccess;
import org.hibernate.cache.spi.support.RegionFactoryTemplate;
import org.hibernate.cache.spi.support.StorageAccess;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.engine.spi.SharedSessionContractImplementor;

/** A second-level cache that keeps serialized entries, as one on disk or in another process would. */
public final class SerializingRegionFactory extends RegionFactoryTemplate {

    private static final long serialVersionUID = 1L;

    /** Of all factories: by region, the serialized keys and entries that were ever put. */
    private static final Map<String, List<byte[]>> WRITTEN = new ConcurrentHashMap<>();

    private final transient Map<String, Map<Object, byte[]>> regions;

    public SerializingRegionFactory() {
        this(new ConcurrentHashMap<>());
    }

    /** @param regions of a cache that several factories share, as instances of one application do */
    SerializingRegionFactory(Map<String, Map<Object, byte[]>> regions) {
        this.regions = regions;
    }

    private Region region(String name) {
        return new Region(name, regions.computeIfAbsent(name, region -> new ConcurrentHashMap<>()));
    }

    /** Forgets what was written. */
    public static void clear() {
        WRITTEN.clear();
    }

    /** Each key and each entry that was written since, with its region's name. */
    public static void forEach(BiConsumer<String, byte[]> action) {
        WRITTEN.forEach((region, entries) -> entries.forEach(entry -> action.accept(region, entry)));
    }

    @Override
    protected void prepareForUse(SessionFactoryOptions settings, Map<String, Object> configuration) {}

    @Override
    protected void releaseFromUse() {}

    @Override
    protected DomainDataStorageAccess createDomainDataStorageAccess(
            DomainDataRegionConfig config, DomainDataRegionBuildingContext context) {
        return region(config.getRegionName());
    }

    @Override
    protected StorageAccess createQueryResultsRegionStorageAccess(String name, SessionFactoryImplementor factory) {
        return region(name);
    }

    @Override
    protected StorageAccess createTimestampsRegionStorageAccess(String name, SessionFactoryImplementor factory) {
        return region(name);
    }

    private static final class Region implements DomainDataStorageAccess {

        private final String name;
        private final Map<Object, byte[]> entries;

        Region(String name, Map<Object, byte[]> entries) {
            this.name = name;
            this.entries = entries;
        }

        @Override
        public Object getFromCache(Object key, SharedSessionContractImplementor session) {
            byte[] entry = entries.get(key);
            if (entry == null) {
                return null;
            }
            try (ObjectInputStream in = new ContextObjectInputStream(new ByteArrayInputStream(entry))) {
                return in.readObject();
            } catch (IOException | ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void putIntoCache(Object key, Object value, SharedSessionContractImplementor session) {
            entries.put(key, serialized(value));
            List<byte[]> written = WRITTEN.computeIfAbsent(name, region -> new CopyOnWriteArrayList<>());
            written.add(serialized(key));
            written.add(serialized(value));
        }

        private static byte[] serialized(Object value) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(value);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public boolean contains(Object key) {
            return entries.containsKey(key);
        }

        @Override
        public void evictData() {
            entries.clear();
        }

        @Override
        public void evictData(Object key) {
            entries.remove(key);
        }

        @Override
        public void release() {}
    }

    /** Entities may be of another class loader than this class. */
    private static final class ContextObjectInputStream extends ObjectInputStream {

        ContextObjectInputStream(InputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
            return Class.forName(type.getName(), false, Thread.currentThread().getContextClassLoader());
        }
    }
}
