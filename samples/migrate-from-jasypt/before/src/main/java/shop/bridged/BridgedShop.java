package shop.bridged;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.Date;
import java.util.TimeZone;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import shop.Encryptors;

/** Lists the customers of the database file {@code data/shop}, whichever version stored them, and adds one. */
public final class BridgedShop {

    private BridgedShop() {}

    public static void main(String[] args) {
        String password = System.getenv("JASYPT_PASSWORD");
        new Bridge(Encryptors.strings(password), Encryptors.bytes(password));
        Configuration configuration = new Configuration().addAnnotatedClass(Customer.class);
        configuration.setProperty("hibernate.connection.url", "jdbc:h2:file:./data/shop");
        configuration.setProperty("hibernate.dialect", "org.hibernate.dialect.H2Dialect");
        try (SessionFactory factory = configuration.buildSessionFactory();
                Session session = factory.openSession()) {
            session.createQuery("from Customer order by id", Customer.class)
                    .list()
                    .forEach(BridgedShop::print);
            session.beginTransaction();
            session.save(another());
            session.getTransaction().commit();
        }
    }

    private static void print(Customer customer) {
        System.out.println(customer.id + " " + customer.name + " " + customer.email + " " + customer.discount + " "
                + customer.newsletter + " " + (customer.born == null ? null : customer.born.toInstant()) + " "
                + (customer.appointment == null
                        ? null
                        : customer.appointment.toInstant() + " "
                                + customer.appointment.getTimeZone().getID())
                + " " + customer.balance + " "
                + (customer.contract == null ? null : new String(customer.contract, StandardCharsets.UTF_8)));
    }

    @SuppressWarnings("JavaUtilDate") // the type of the old attribute
    private static Customer another() {
        Customer customer = new Customer();
        customer.name = "by the bridge";
        customer.email = "bridge@example.org";
        customer.discount = 5;
        customer.newsletter = true;
        customer.born = new Date(0);
        customer.appointment = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
        customer.balance = new BigDecimal("0.10");
        customer.contract = "contract".getBytes(StandardCharsets.UTF_8);
        return customer;
    }
}
