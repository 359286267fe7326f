package dev.tidegate.wiring;

import dev.tidegate.drain.AsyncRecordProcessor;
import dev.tidegate.drain.Downstream;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.RecordProcessor;
import dev.tidegate.drain.http.DownstreamSettings;
import dev.tidegate.guard.HealthProbe;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.PublisherSettings;
import dev.tidegate.publish.Publishers;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings while the application is being deployed: what is wrong stops the deployment before any client of Kafka
 * exists. Brings a bean of each publisher, by its name.
 */
public class Installation implements Extension {
    private static final System.Logger LOG = System.getLogger(Installation.class.getName());

    private @Nullable TidegateSettings settings;

    void read(@Observes AfterBeanDiscovery discovery) {
        try {
            TidegateSettings read = new SettingsReader(() -> Surroundings.instanceName(host()))
                    .read(new MicroProfileConfigView(ConfigProvider.getConfig()));
            settings = read;
            discovery
                    .addBean()
                    .types(TidegateSettings.class, Object.class)
                    .scope(Singleton.class)
                    .createWith(context -> read);
            read.publishers().forEach(publisher -> addPublisher(discovery, publisher));
            read.warnings().forEach(warning -> LOG.log(System.Logger.Level.WARNING, warning));
        } catch (ConfigurationException e) {
            LOG.log(System.Logger.Level.ERROR, e.getMessage());
            discovery.addDefinitionError(e);
        }
    }

    private static void addPublisher(AfterBeanDiscovery discovery, PublisherSettings publisher) {
        discovery
                .addBean()
                .types(Publisher.class, Object.class)
                .qualifiers(NamedLiteral.of(publisher.name()), Any.Literal.INSTANCE)
                .scope(Dependent.class)
                .produceWith(beans -> beans.select(Publishers.class)
                        .get()
                        .find(publisher.name())
                        .orElseThrow(() -> new IllegalStateException(
                                "a bug: publisher '" + publisher.name() + "' is configured and was not made")));
    }

    void check(@Observes AfterDeploymentValidation validation, BeanManager beans) {
        if (settings == null) {
            return;
        }
        List<SettingError> errors = new ArrayList<>();
        for (DrainerSettings drainer : settings.drainers()) {
            if (!drainer.processor().equals(DrainerReader.HTTP)
                    && !isNamed(beans, RecordProcessor.class, drainer.processor())
                    && !isNamed(beans, AsyncRecordProcessor.class, drainer.processor())) {
                errors.add(missing(
                        beans,
                        "tidegate.drainer." + drainer.name() + ".processor",
                        drainer.processor(),
                        List.of(RecordProcessor.class, AsyncRecordProcessor.class)));
            }
        }
        for (DownstreamSettings downstream : settings.downstreams().values()) {
            if (!downstream.client().equals(DrainerReader.HTTP)
                    && !isNamed(beans, Downstream.class, downstream.client())) {
                errors.add(missing(
                        beans,
                        "tidegate.downstream." + downstream.name() + ".client",
                        downstream.client(),
                        List.of(Downstream.class)));
            }
        }
        Stream.concat(settings.circuits().values().stream(), Stream.of(settings.customCircuit()))
                .filter(circuit ->
                        circuit.healthProbe() != null && !isNamed(beans, HealthProbe.class, circuit.healthProbe()))
                .forEach(circuit -> errors.add(missing(
                        beans,
                        "tidegate.circuit." + circuit.name() + ".health-probe",
                        String.valueOf(circuit.healthProbe()),
                        List.of(HealthProbe.class))));
        if (!errors.isEmpty()) {
            ConfigurationException refused = new ConfigurationException(errors);
            LOG.log(System.Logger.Level.ERROR, refused.getMessage());
            validation.addDeploymentProblem(refused);
        }
    }

    private static boolean isNamed(BeanManager beans, Type type, String name) {
        return !beans.getBeans(type, NamedLiteral.of(name)).isEmpty();
    }

    private static SettingError missing(BeanManager beans, String key, String name, List<Class<?>> types) {
        TreeSet<String> names = new TreeSet<>();
        for (Class<?> type : types) {
            beans.getBeans(type, Any.Literal.INSTANCE).stream()
                    .map(Bean::getName)
                    .filter(Objects::nonNull)
                    .forEach(names::add);
        }
        String interfaces =
                String.join(" or ", types.stream().map(Class::getName).toList());
        String known = names.isEmpty() ? "there is no such bean at all" : "named beans of that kind are " + names;
        return new SettingError(
                key,
                name,
                "configuration",
                "no CDI bean @Named(\"" + name + "\") implements " + interfaces + "; " + known
                        + (types.contains(HealthProbe.class) ? "" : "; allowed is also http"));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "instance";
        }
    }
}
