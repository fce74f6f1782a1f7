package io.cipherfield.value;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.TimeZone;

/** The {@code java.time} types and Calendar, with all their precision. */
final class TimeCodecs {

    private static final int ZONE_WIDTH = 64;

    private TimeCodecs() {}

    static List<ValueCodec<?>> all() {
        return List.of(
                new FixedCodec<>(LocalDate.class, ValueType.LOCAL_DATE, TimeCodecs::putDate, TimeCodecs::date),
                new FixedCodec<>(LocalTime.class, ValueType.LOCAL_TIME, TimeCodecs::putTime, TimeCodecs::time),
                new FixedCodec<>(
                        LocalDateTime.class, ValueType.LOCAL_DATE_TIME, TimeCodecs::putDateTime, TimeCodecs::dateTime),
                new FixedCodec<>(
                        Instant.class,
                        ValueType.INSTANT,
                        (out, i) -> out.putLong(i.getEpochSecond()).putInt(i.getNano()),
                        in -> Instant.ofEpochSecond(in.getLong(), nanos(in))),
                new FixedCodec<>(
                        OffsetTime.class,
                        ValueType.OFFSET_TIME,
                        (out, t) -> {
                            putTime(out, t.toLocalTime());
                            putOffset(out, t.getOffset());
                        },
                        in -> OffsetTime.of(time(in), offset(in))),
                new FixedCodec<>(
                        OffsetDateTime.class,
                        ValueType.OFFSET_DATE_TIME,
                        (out, t) -> {
                            putDateTime(out, t.toLocalDateTime());
                            putOffset(out, t.getOffset());
                        },
                        in -> OffsetDateTime.of(dateTime(in), offset(in))),
                new PaddedCodec<>(
                        ZonedDateTime.class,
                        ValueType.ZONED_DATE_TIME,
                        ZONE_WIDTH,
                        ZONE_WIDTH - 1,
                        TimeCodecs::zonedBytes,
                        TimeCodecs::zoned),
                new FixedCodec<>(
                        Duration.class,
                        ValueType.DURATION,
                        (out, d) -> out.putLong(d.getSeconds()).putInt(d.getNano()),
                        in -> Duration.ofSeconds(in.getLong(), nanos(in))),
                new FixedCodec<>(
                        Period.class,
                        ValueType.PERIOD,
                        (out, p) ->
                                out.putInt(p.getYears()).putInt(p.getMonths()).putInt(p.getDays()),
                        in -> Period.of(in.getInt(), in.getInt(), in.getInt())),
                new FixedCodec<>(
                        Year.class, ValueType.YEAR, (out, y) -> out.putInt(y.getValue()), in -> Year.of(in.getInt())),
                new FixedCodec<>(
                        YearMonth.class,
                        ValueType.YEAR_MONTH,
                        (out, y) -> out.putInt(y.getYear()).put((byte) y.getMonthValue()),
                        in -> YearMonth.of(in.getInt(), in.get())),
                new FixedCodec<>(
                        MonthDay.class,
                        ValueType.MONTH_DAY,
                        (out, m) -> out.put((byte) m.getMonthValue()).put((byte) m.getDayOfMonth()),
                        in -> MonthDay.of(in.get(), in.get())),
                new FixedCodec<>(ZoneOffset.class, ValueType.ZONE_OFFSET, TimeCodecs::putOffset, TimeCodecs::offset),
                new PaddedCodec<>(
                        ZoneId.class,
                        ValueType.ZONE_ID,
                        ZONE_WIDTH,
                        ZONE_WIDTH - 1,
                        zone -> Text.utf8(zone.getId()),
                        in -> ZoneId.of(Text.fromUtf8(in))),
                dateCodec(),
                new PaddedCodec<>(
                        Calendar.class,
                        ValueType.CALENDAR,
                        ZONE_WIDTH,
                        ZONE_WIDTH - 1,
                        TimeCodecs::calendarBytes,
                        TimeCodecs::calendar));
    }

    @SuppressWarnings("JavaUtilDate") // that type is the one to be stored
    private static ValueCodec<Date> dateCodec() {
        return new FixedCodec<>(
                Date.class, ValueType.DATE, (out, date) -> out.putLong(date.getTime()), in -> new Date(in.getLong()));
    }

    private static void putDate(ByteBuffer out, LocalDate date) {
        out.putLong(date.toEpochDay());
    }

    private static LocalDate date(ByteBuffer in) {
        return LocalDate.ofEpochDay(in.getLong());
    }

    private static void putTime(ByteBuffer out, LocalTime time) {
        out.putLong(time.toNanoOfDay());
    }

    private static LocalTime time(ByteBuffer in) {
        return LocalTime.ofNanoOfDay(in.getLong());
    }

    private static void putDateTime(ByteBuffer out, LocalDateTime dateTime) {
        putDate(out, dateTime.toLocalDate());
        putTime(out, dateTime.toLocalTime());
    }

    private static LocalDateTime dateTime(ByteBuffer in) {
        return LocalDateTime.of(date(in), time(in));
    }

    private static void putOffset(ByteBuffer out, ZoneOffset offset) {
        out.putInt(offset.getTotalSeconds());
    }

    private static ZoneOffset offset(ByteBuffer in) {
        return ZoneOffset.ofTotalSeconds(in.getInt());
    }

    private static int nanos(ByteBuffer in) {
        int nanos = in.getInt();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new DateTimeException("");
        }
        return nanos;
    }

    private static byte[] zonedBytes(ZonedDateTime value) {
        byte[] zone = Text.utf8(value.getZone().getId());
        ByteBuffer out = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES + zone.length);
        putDateTime(out, value.toLocalDateTime());
        putOffset(out, value.getOffset());
        return out.put(zone).array();
    }

    /** The offset tells the two hours apart that a clock shows twice; if the zone's rules changed since, they win. */
    private static ZonedDateTime zoned(ByteBuffer in) {
        LocalDateTime dateTime = dateTime(in);
        ZoneOffset offset = offset(in);
        return ZonedDateTime.ofLocal(dateTime, ZoneId.of(Text.fromUtf8(in)), offset);
    }

    private static byte[] calendarBytes(Calendar calendar) {
        TimeZone zone = calendar.getTimeZone();
        if (!calendar.getCalendarType().equals("gregory")
                || !TimeZone.getTimeZone(zone.getID()).hasSameRules(zone)) {
            throw new ValueException("Only a Gregorian calendar in a time zone that its id stands for can be stored.");
        }
        byte[] id = Text.utf8(zone.getID());
        return ByteBuffer.allocate(Long.BYTES + id.length)
                .putLong(calendar.getTimeInMillis())
                .put(id)
                .array();
    }

    private static Calendar calendar(ByteBuffer in) {
        long millis = in.getLong();
        String id = Text.fromUtf8(in);
        TimeZone zone = TimeZone.getTimeZone(id);
        // Without an error for an unknown zone, it would be GMT in silence.
        if (!zone.getID().equals(id)) {
            throw new DateTimeException("");
        }
        Calendar calendar = new GregorianCalendar(zone);
        calendar.setTimeInMillis(millis);
        return calendar;
    }
}
