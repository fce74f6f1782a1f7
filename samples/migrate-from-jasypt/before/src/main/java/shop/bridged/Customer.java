package shop.bridged;

import java.math.BigDecimal;
import java.util.Calendar;
import java.util.Date;
import javax.persistence.Entity;
import javax.persistence.GeneratedValue;
import javax.persistence.GenerationType;
import javax.persistence.Id;
import org.hibernate.annotations.Parameter;
import org.hibernate.annotations.Type;
import org.hibernate.annotations.TypeDef;
import org.hibernate.annotations.TypeDefs;
import org.jasypt.hibernate5.type.EncryptedBigDecimalAsStringType;
import org.jasypt.hibernate5.type.EncryptedBinaryType;
import org.jasypt.hibernate5.type.EncryptedBooleanAsStringType;
import org.jasypt.hibernate5.type.EncryptedCalendarAsStringType;
import org.jasypt.hibernate5.type.EncryptedDateAsStringType;
import org.jasypt.hibernate5.type.EncryptedIntegerAsStringType;
import org.jasypt.hibernate5.type.EncryptedStringType;

/** The same entity with a registered encryptor for each attribute. */
// begin
@TypeDefs({
    @TypeDef(
            name = "email",
            typeClass = EncryptedStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.email")),
    @TypeDef(
            name = "discount",
            typeClass = EncryptedIntegerAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.discount")),
    @TypeDef(
            name = "newsletter",
            typeClass = EncryptedBooleanAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.newsletter")),
    @TypeDef(
            name = "born",
            typeClass = EncryptedDateAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.born")),
    @TypeDef(
            name = "appointment",
            typeClass = EncryptedCalendarAsStringType.class,
            parameters = {
                @Parameter(name = "encryptorRegisteredName", value = "Customer.appointment"),
                @Parameter(name = "storeTimeZone", value = "true")
            }),
    @TypeDef(
            name = "balance",
            typeClass = EncryptedBigDecimalAsStringType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.balance")),
    @TypeDef(
            name = "contract",
            typeClass = EncryptedBinaryType.class,
            parameters = @Parameter(name = "encryptorRegisteredName", value = "Customer.contract"))
})
@Entity
public class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    public String name;

    @Type(type = "email")
    public String email;

    @Type(type = "discount")
    public Integer discount;

    @Type(type = "newsletter")
    public Boolean newsletter;

    @Type(type = "born")
    public Date born;

    @Type(type = "appointment")
    public Calendar appointment;

    @Type(type = "balance")
    public BigDecimal balance;

    @Type(type = "contract")
    public byte[] contract;
}
// end
