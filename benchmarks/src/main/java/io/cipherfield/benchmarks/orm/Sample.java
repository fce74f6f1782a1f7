package io.cipherfield.benchmarks.orm;

import java.util.SplittableRandom;

/** The values of one row: three texts of 20 to 40 characters, different in each row and the same in each run. */
record Sample(long id, int visits, String name, String street, String note) {

    private static final int SHORTEST = 20;
    private static final int LONGEST = 40;

    static Sample of(long id) {
        SplittableRandom random = new SplittableRandom(id);
        return new Sample(id, random.nextInt(), text(random), text(random), text(random));
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder(LONGEST);
        int length = random.nextInt(SHORTEST, LONGEST + 1);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt('a', 'z' + 1));
        }
        return text.toString();
    }
}
