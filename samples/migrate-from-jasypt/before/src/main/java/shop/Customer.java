package shop;

import java.math.BigDecimal;
import java.util.Calendar;
import java.util.Date;
import javax.persistence.Column;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import org.hibernate.annotations.Parameter;
import org.hibernate.annotations.Type;
import org.hibernate.annotations.TypeDef;
import org.hibernate.annotations.TypeDefs;
import org.jasypt.hibernate5.type.EncryptedBigDecimalAsStringType;
import org.jasypt.hibernate5.type.EncryptedBigDecimalType;
import org.jasypt.hibernate5.type.EncryptedBinaryType;
import org.jasypt.hibernate5.type.EncryptedBooleanAsStringType;
import org.jasypt.hibernate5.type.EncryptedCalendarAsStringType;
import org.jasypt.hibernate5.type.EncryptedDateAsStringType;
import org.jasypt.hibernate5.type.EncryptedIntegerAsStringType;
import org.jasypt.hibernate5.type.EncryptedStringType;

// begin
@TypeDefs({
    @TypeDef(
            name = "encryptedString",
            typeClass = EncryptedStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "strings")),
    @TypeDef(
            name = "encryptedInteger",
            typeClass = EncryptedIntegerAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "strings")),
    @TypeDef(
            name = "encryptedBoolean",
            typeClass = EncryptedBooleanAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "strings")),
    @TypeDef(
            name = "encryptedDate",
            typeClass = EncryptedDateAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "strings")),
    @TypeDef(
            name = "encryptedCalendar",
            typeClass = EncryptedCalendarAsStringType.class,
            parameters = {
                @Parameter(name = "encryptorRegisteredName", value = "strings"),
                @Parameter(name = "storeTimeZone", value = "true")
            }),
    @TypeDef(
            name = "encryptedDecimal",
            typeClass = EncryptedBigDecimalAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "strings")),
    @TypeDef(
            name = "encryptedBinary",
            typeClass = EncryptedBinaryType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "bytes")),
    @TypeDef(
            name = "encryptedNumber",
            typeClass = EncryptedBigDecimalType.class,
            parameters = {
                @Parameter(name = "encryptorRegisteredName", value = "numbers"),
                @Parameter(name = "decimalScale", value = "2")
            })
})
@Entity
public class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String name;

    @Type(type = "encryptedString")
    String email;

    @Type(type = "encryptedInteger")
    Integer discount;

    @Type(type = "encryptedBoolean")
    Boolean newsletter;

    @Type(type = "encryptedDate")
    Date born;

    @Type(type = "encryptedCalendar")
    Calendar appointment;

    @Type(type = "encryptedDecimal")
    BigDecimal balance;

    @Type(type = "encryptedBinary")
    byte[] contract;

    @Type(type = "encryptedNumber")
    @Column(name = "credit_limit", precision = 100, scale = 2)
    BigDecimal creditLimit;
}
// end
