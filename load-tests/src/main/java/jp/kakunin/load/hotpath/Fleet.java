package jp.kakunin.load.hotpath;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.enrolment.Ports;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.ClinicRegister;
import jp.kakunin.hub.fleet.DeviceRegister;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.pki.CertificateAuthority;
import jp.kakunin.hub.pki.DeviceCertificate;
import jp.kakunin.load.replay.LoadHub;

/// Devices of several clinics each, entered into a hub's registers in one go.
final class Fleet {
    private static final String HUB_ADDRESS = "127.0.0.1";

    private final InetSocketAddress hub;
    private final X509Certificate ca;
    private final List<Device> devices;
    private final Map<DeviceId, SslContext> contexts = new ConcurrentHashMap<>();

    /// @param clinics nobody else's
    record Device(DeviceId id, List<InstitutionCode> clinics, PrivateKey key, X509Certificate certificate) {
        Device {
            clinics = List.copyOf(clinics);
        }

        @Override
        public String toString() {
            return "Device[" + id + "]";
        }
    }

    private Fleet(int port, X509Certificate ca, List<Device> devices) {
        this.hub = new InetSocketAddress(InetAddress.ofLiteral(HUB_ADDRESS), port);
        this.ca = ca;
        this.devices = List.copyOf(devices);
    }

    /// Makes new devices beside those that are there, and shares the clinics out among them.
    ///
    /// @param firstClinic number of the first, as [LoadHub#clinic] counts
    static Fleet enrol(Path data, int devices, int firstClinic, int clinics, Instant now, SecureRandom random)
            throws IOException {
        HubFolder folder = new HubFolder(data);
        IdSource ids = new IdSource(() -> now, random);
        try (var _ = FolderLock.take(folder.setupLock())) {
            var ca = CertificateAuthority.openOrMake(folder.ca(), random);
            Ports ports = Ports.keep(folder.ports(), 0, 0);
            List<Device> made = new ArrayList<>();
            for (int i = 0; i < devices; i++) {
                DeviceId id = ids.device();
                KeyPair pair = newKeys(random);
                List<InstitutionCode> own = new ArrayList<>();
                for (int clinic = i; clinic < clinics; clinic += devices) {
                    own.add(LoadHub.clinic(firstClinic + clinic));
                }
                made.add(new Device(
                        id, own, pair.getPrivate(), ca.sign(id, pair.getPublic(), DeviceCertificate.endOf(now))));
            }
            register(folder, made, TreatmentMonth.dateAt(now));
            return new Fleet(URI.create(ports.exchangeUrl()).getPort(), ca.certificate(), made);
        }
    }

    List<Device> devices() {
        return devices;
    }

    CompletableFuture<Wire> connect(Device device, EventLoop loop) {
        return Wire.connect(contexts.computeIfAbsent(device.id(), _ -> tls(device)), hub, loop);
    }

    private SslContext tls(Device device) {
        try {
            return SslContextBuilder.forClient()
                    .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                    .protocols("TLSv1.3")
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .keyManager(device.key(), device.certificate())
                    .trustManager(ca)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2))
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException("TLS 1.3 is not to be had in this Java machine", e);
        }
    }

    private static void register(HubFolder folder, List<Device> made, LocalDate today) throws IOException {
        var clinicRegister = new ClinicRegister(folder.clinics());
        Map<InstitutionCode, Clinic> clinics = clinicRegister.read();
        var deviceRegister = new DeviceRegister(folder.devices());
        Map<DeviceId, EnrolledDevice> devices = deviceRegister.read();
        for (Device each : made) {
            each.clinics().forEach(code -> clinics.put(code, new Clinic(code, "bench " + code, today)));
            devices.put(
                    each.id(),
                    new EnrolledDevice(
                            each.id(),
                            "bench",
                            EnrolledDevice.State.ACTIVE,
                            Set.copyOf(each.clinics()),
                            Set.of(),
                            List.of(DeviceCertificate.fingerprint(each.certificate())),
                            each.certificate().getNotAfter().toInstant(),
                            today));
        }
        clinicRegister.write(clinics);
        deviceRegister.write(devices);
    }

    private static KeyPair newKeys(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK makes keys on P-256", e);
        }
    }
}
