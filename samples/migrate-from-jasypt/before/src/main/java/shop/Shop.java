package shop;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Locale;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Stores customers in memory and prints the database as an SQL script. */
public final class Shop {

    private static final String URL = "jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1";

    private Shop() {}

    public static void main(String[] args) throws Exception {
        Encryptors.register(System.getenv("JASYPT_PASSWORD"));
        Configuration configuration = new Configuration().addAnnotatedClass(Customer.class);
        configuration.setProperty("hibernate.connection.url", URL);
        configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        configuration.setProperty("hibernate.hbm2ddl.auto", "create");
        try (SessionFactory factory = configuration.buildSessionFactory();
                Session session = factory.openSession()) {
            session.beginTransaction();
            session.save(customer("Ada", 7, "2026-03-04T10:15:30+01:00[Europe/Berlin]", "1234.50"));
            session.save(customer("Grace", -1, "1999-12-31T23:59:59.999Z[UTC]", "-0.01"));
            Customer nothing = new Customer();
            nothing.name = "Nothing";
            session.save(nothing);
            session.getTransaction().commit();
            print();
        }
    }

    private static Customer customer(String name, int number, String time, String amount) {
        ZonedDateTime instant = ZonedDateTime.parse(time);
        Customer customer = new Customer();
        customer.name = name;
        customer.email = name.toLowerCase(Locale.ROOT) + "@example.org Ω≈ç";
        customer.discount = number;
        customer.newsletter = number > 0;
        customer.born = Date.from(instant.minusYears(30).toInstant());
        customer.appointment = GregorianCalendar.from(instant.withZoneSameInstant(ZoneId.of("Europe/Berlin")));
        customer.balance = new BigDecimal(amount);
        customer.contract = ("contract of " + name).getBytes(StandardCharsets.UTF_8);
        customer.creditLimit = new BigDecimal(amount);
        return customer;
    }

    private static void print() throws Exception {
        try (Connection connection = DriverManager.getConnection(URL);
                ResultSet script = connection
                        .createStatement()
                        .executeQuery("script simple columns nopasswords nosettings table customer")) {
            while (script.next()) {
                if (!script.getString(1).startsWith("CREATE USER")) {
                    System.out.println(script.getString(1));
                }
            }
        }
    }
}
