package io.cipherfield.hibernate.leaks;

import io.cipherfield.hibernate.Encrypted;
import io.cipherfield.hibernate.EncryptedKey;
import jakarta.persistence.*;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.*;
import java.util.*;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.envers.Audited;
import org.hibernate.envers.NotAudited;

/**
 * One recognisable plaintext of every type that can be recognised: a boolean, a byte, a short and a char are too short to tell.
 * Public for the loader that makes a twin of it without encryption.
 */
@Entity(name = "Marked")
@Table(name = "marked", uniqueConstraints = @UniqueConstraint(name = "marked_plain", columnNames = "plain"))
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@Audited
public class Marked {

    /** Stored as JSON; serialised where the annotation is away. */
    public record Letter(String subject, List<String> lines) implements Serializable {}

    public enum Rare {
        COMMON,
        VERMILLIONQUOKKA
    }

    @Embeddable
    public static class Part {
        @Encrypted
        public String partText;
    }

    /** Without a history: Envers fails on a stateless session. */
    @Entity(name = "Simple")
    public static class Simple {
        @Id
        public Long id = 1L;

        @Encrypted
        public String text = "needle-text-quokka";

        @Encrypted
        public Long number = 7_731_774_512_345_117L;

        public Simple() {}

        public Simple(long id) {
            this.id = id;
        }
    }

    @Id
    public Long id;

    @Version
    public int version;

    public String plain;

    @Column(nullable = false)
    public String required = "given";

    public String code;

    @NaturalId
    @Encrypted(deterministic = true)
    public String taxNumber;

    @Encrypted
    public String text;

    @Encrypted
    @Column(length = 20)
    public String limited;

    @Encrypted
    public char[] chars;

    @Encrypted
    public byte[] bytes;

    @Encrypted
    public Integer integer;

    @Encrypted
    public Long number;

    @Encrypted
    public Float single;

    @Encrypted
    public Double dbl;

    @Encrypted
    @Column(precision = 38, scale = 4)
    public BigDecimal decimal;

    @Encrypted
    @Column(precision = 38)
    public BigInteger bigInteger;

    @Encrypted
    public UUID uuid;

    @Encrypted
    @Enumerated(EnumType.STRING)
    public Rare rare;

    @Encrypted
    public Instant instant;

    @Encrypted
    public LocalDate localDate;

    @Encrypted
    public LocalTime localTime;

    @Encrypted
    public LocalDateTime localDateTime;

    @Encrypted
    public OffsetTime offsetTime;

    @Encrypted
    public OffsetDateTime offsetDateTime;

    @Encrypted
    public ZonedDateTime zonedDateTime;

    @Encrypted
    public Duration duration;

    @Encrypted
    public Period period;

    @Encrypted
    public Year theYear;

    @Encrypted
    public YearMonth yearMonth;

    @Encrypted
    public MonthDay monthDay;

    @Encrypted
    public ZoneId zoneId;

    @Encrypted
    public ZoneOffset zoneOffset;

    @Encrypted
    public Date date;

    @Encrypted
    public Calendar calendar;

    @Encrypted
    public Locale locale;

    @Encrypted
    public Currency currency;

    @Encrypted
    public URL url;

    @Encrypted
    public Letter letter;

    @Embedded
    public Part part = new Part();

    @ElementCollection
    @NotAudited
    @Encrypted
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    public List<String> list = new ArrayList<>();

    @ElementCollection
    @NotAudited
    @Encrypted
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    public Map<String, Long> map = new HashMap<>();

    @ElementCollection
    @NotAudited
    @EncryptedKey
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    public Map<String, String> keyed = new HashMap<>();

    @ElementCollection
    @NotAudited
    @Encrypted(deterministic = true)
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    public Set<String> set = new HashSet<>();

    public Marked() {}

    @SuppressWarnings({"JavaUtilDate", "deprecation"})
    public static Marked of(long id) {
        Marked marked = new Marked();
        marked.id = id;
        marked.plain = "plain " + id;
        marked.code = "code " + id;
        marked.taxNumber = "needle-natural-" + (5_550_000 + id);
        marked.text = "needle-text-quokka";
        marked.limited = "needle-limited";
        marked.chars = "needle-chars-wombat".toCharArray();
        marked.bytes = "needle-bytes-numbat".getBytes(StandardCharsets.ISO_8859_1);
        marked.integer = -1_918_273_645;
        marked.number = 7_731_774_512_345_117L;
        marked.single = 1.7319283E19f;
        marked.dbl = 8.123456789012345E77;
        marked.decimal = new BigDecimal("90817263545546372.8190");
        marked.bigInteger = new BigInteger("73829104756473829101");
        marked.uuid = UUID.fromString("3f9c1d7e-8b2a-4c6d-9e5f-a1b2c3d4e5f6");
        marked.rare = Rare.VERMILLIONQUOKKA;
        marked.instant = Instant.parse("1943-05-17T03:21:41.123401Z");
        marked.localDate = LocalDate.of(1931, 7, 23);
        marked.localTime = LocalTime.parse("05:42:53.123406");
        marked.localDateTime = LocalDateTime.parse("1944-05-17T03:22:42.123402");
        marked.offsetTime = OffsetTime.parse("03:13:57.123407+00:00");
        marked.offsetDateTime = OffsetDateTime.parse("1945-05-17T03:24:44.123404+00:00");
        marked.zonedDateTime = ZonedDateTime.parse("1946-05-17T03:25:45.123405Z[UTC]");
        marked.duration = Duration.ofSeconds(839_201_746L, 0);
        marked.period = Period.of(7171, 9, 3);
        marked.theYear = Year.of(-817_263_549);
        marked.yearMonth = YearMonth.of(728_364_915, 11);
        marked.monthDay = MonthDay.of(2, 29);
        marked.zoneId = ZoneId.of("Antarctica/Troll");
        marked.zoneOffset = ZoneOffset.of("+13:37");
        marked.date = new Date(-812_332_800_000L);
        marked.calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        marked.calendar.setTimeInMillis(-822_354_000_000L);
        marked.locale = Locale.forLanguageTag("quokkang-LI");
        marked.currency = Currency.getInstance("XBD");
        try {
            marked.url = new URL("https://needle.example/numbat");
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
        marked.letter = new Letter("needle-json-bandicoot", List.of("needle-line-bettong"));
        marked.part.partText = "needle-part-bilby";
        marked.list.add("needle-list-potoroo");
        marked.map.put("key", 7_142_536_475_869_708L);
        marked.keyed.put("needle-key-dunnart", "plain");
        marked.set.add("needle-set-kowari");
        return marked;
    }

    /** Every rendering by which a database, a log or a cache could show one of the values. */
    static Needles needles() {
        Marked it = of(0);
        Needles needles = new Needles();
        for (String text : List.of(
                "natural-555",
                "text-quokka",
                "limited",
                "chars-wombat",
                "bytes-numbat",
                "part-bilby",
                "list-potoroo",
                "json-bandicoot",
                "line-bettong",
                "key-dunnart",
                "set-kowari")) {
            needles.text(text.replaceAll("-.*", ""), "needle-" + text);
        }
        needles.text("integer", it.integer.toString());
        needles.number("number", it.number);
        needles.number("map", it.map.get("key"));
        needles.text("single", "1.7319283");
        needles.text("dbl", "8.123456789012345");
        needles.number("dbl", Double.doubleToLongBits(it.dbl));
        needles.text("decimal", "90817263545546372");
        needles.bytes("decimal", it.decimal.unscaledValue().toByteArray());
        needles.text("bigInteger", it.bigInteger.toString());
        needles.bytes("bigInteger", it.bigInteger.toByteArray());
        needles.text("uuid", it.uuid.toString());
        needles.number("uuid", it.uuid.getMostSignificantBits());
        needles.number("uuid", it.uuid.getLeastSignificantBits());
        needles.text("rare", it.rare.name());
        needles.text("instant", "21:41.123401");
        needles.number("instant", it.instant.getEpochSecond());
        needles.text("localDate", it.localDate.toString());
        needles.text("localTime", "42:53.123406");
        needles.text("localDateTime", "22:42.123402");
        needles.text("offsetTime", "13:57.123407");
        needles.text("offsetDateTime", "24:44.123404");
        needles.text("zonedDateTime", "25:45.123405");
        needles.text("duration", it.duration.toString());
        needles.number("duration", it.duration.toNanos());
        needles.text("period", it.period.toString());
        needles.text("theYear", it.theYear.toString());
        needles.text("yearMonth", it.yearMonth.toString());
        for (char before : "[=('\" ".toCharArray()) {
            needles.text("monthDay", before + it.monthDay.toString());
        }
        needles.text("zoneId", it.zoneId.toString());
        needles.text("zoneOffset", it.zoneOffset.toString());
        needles.number("date", it.date.getTime());
        needles.text("date", Instant.ofEpochMilli(it.date.getTime()).toString().substring(0, 10));
        needles.number("calendar", it.calendar.getTimeInMillis());
        needles.text("calendar", it.calendar.toInstant().toString().substring(0, 10));
        needles.text("locale", "quokkang-LI");
        needles.text("locale", "quokkang_LI");
        for (String quoted : List.of(" [XBD]", " 'XBD'", ",'XBD'", "('XBD'", " \"XBD\"", "currency=XBD")) {
            needles.text("currency", quoted);
        }
        needles.text("url", it.url.toString());
        return needles;
    }
}
