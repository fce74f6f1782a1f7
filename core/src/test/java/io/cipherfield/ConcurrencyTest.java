package io.cipherfield;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(600)
class ConcurrencyTest {

    private static final Keyring KEYRING = Keyring.of(CipherKey.parse("E6bYZgwTikRVk5un8n4tXsvSr872hObl0XPazbUKov8="));

    @ParameterizedTest
    @EnumSource(names = {"AES_SIV", "XAES_256_GCM"})
    void no_nonce_is_seen_twice_in_2_to_the_20_values_on_8_threads(Suite suite) throws Exception {
        int threads = 8;
        int each = (1 << 20) / threads;
        int nonceSize = suite == Suite.AES_SIV ? 16 : 24;
        FieldEncryptor encryptor = FieldEncryptor.of(KEYRING, suite, "Patient.ssn");
        // 16 bytes of each nonce: two that differ only in their last 8 bytes would count as a repetition, too.
        long[] high = new long[threads * each];
        long[] low = new long[threads * each];
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> runs = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int start = t * each;
            runs.add(executor.submit(() -> {
                byte[] plaintext = {1};
                for (int i = start; i < start + each; i++) {
                    ByteBuffer nonce = ByteBuffer.wrap(encryptor.encrypt(plaintext), 6, nonceSize);
                    high[i] = nonce.getLong();
                    low[i] = nonce.getLong();
                }
            }));
        }
        for (Future<?> run : runs) {
            run.get();
        }
        executor.shutdown();
        // Eight equal bytes come by chance once in 2^25 such tests, so half a nonce is compared.
        for (long[] half : new long[][] {high, low}) {
            long[] sorted = half.clone();
            Arrays.sort(sorted);
            int repeated = 0;
            for (int i = 1; i < sorted.length; i++) {
                repeated += sorted[i] == sorted[i - 1] ? 1 : 0;
            }
            assertThat(repeated).isZero();
        }
    }

    @Test
    void a_thousand_platform_threads_at_once_get_correct_results() throws Exception {
        runOn(Executors.newFixedThreadPool(1000), 1000, 40);
    }

    @Test
    void ten_thousand_virtual_threads_at_once_get_correct_results() throws Exception {
        Assumptions.assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
        ExecutorService executor = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        runOn(executor, 10_000, 4);
    }

    private static void runOn(ExecutorService executor, int threads, int rounds) throws Exception {
        List<FieldEncryptor> encryptors = Arrays.stream(Suite.values())
                .map(suite -> FieldEncryptor.of(KEYRING, suite, "Patient.ssn"))
                .toList();
        long before = usedMemory();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Integer>> results = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int seed = t;
            results.add(executor.submit(() -> {
                start.await();
                Random random = new Random(seed);
                int correct = 0;
                for (int i = 0; i < rounds; i++) {
                    FieldEncryptor encryptor = encryptors.get(i % encryptors.size());
                    byte[] plaintext = new byte[1 + random.nextInt(200)];
                    random.nextBytes(plaintext);
                    byte[] ciphertext = encryptor.encrypt(plaintext);
                    if (i % 5 == 0) {
                        Thread.yield();
                    }
                    correct += Arrays.equals(encryptor.decrypt(ciphertext), plaintext) ? 1 : 0;
                }
                return correct;
            }));
        }
        start.countDown();
        int correct = 0;
        for (Future<Integer> result : results) {
            correct += result.get();
        }
        executor.shutdown();
        assertThat(correct).isEqualTo(threads * rounds);
        results.clear();
        // A cipher's state is about 15 KiB; one for each thread would stay as 15 MiB or more.
        assertThat(usedMemory() - before).isLessThan(8L << 20);
    }

    private static long usedMemory() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
