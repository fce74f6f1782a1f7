package io.cipherfield.spring.testing;

import io.cipherfield.spring.clinic.ClinicApplication;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The running application, and its clients. */
public final class Clinic implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    private Clinic(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Clinic start(String url, Map<String, Object> properties) {
        SpringApplication application = new SpringApplication(ClinicApplication.class);
        application.setDefaultProperties(properties);
        return new Clinic(application.run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.datasource.url=" + url,
                "--spring.datasource.username=" + RawDatabase.USER,
                "--spring.jpa.hibernate.ddl-auto=update"));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public long store(String name, String ssn, String born) {
        return Long.parseLong(send(request("/patients?name=" + encode(name) + "&ssn=" + encode(ssn) + "&born=" + born)
                .POST(HttpRequest.BodyPublishers.noBody())));
    }

    public String read(long id) {
        return send(request("/patients/" + id));
    }

    public String get(String path) {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        String port = context.getEnvironment().getRequiredProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private String send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        context.close();
    }
}
