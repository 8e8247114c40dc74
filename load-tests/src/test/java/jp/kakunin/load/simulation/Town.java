package jp.kakunin.load.simulation;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.hub.fleet.DeviceDirectory;
import jp.kakunin.hub.fleet.DeviceStatus;
import org.jspecify.annotations.Nullable;

/// Who lives and works there: clinics at sites, their devices, and people with cards and insurers.
final class Town implements DeviceDirectory {
    private static final List<InstitutionCode> CODES = List.of(
            new InstitutionCode("1390000011"),
            new InstitutionCode("1390000029"),
            new InstitutionCode("1390000037"),
            new InstitutionCode("1390000045"),
            new InstitutionCode("1390000052"),
            new InstitutionCode("1390000060"));
    private static final Insured SOMEBODY = new Insured("試験 太郎", "シケン タロウ", LocalDate.of(1970, 1, 1));
    private static final int PEOPLE_MIN = 3;
    private static final int PEOPLE_MAX = 6;

    private final List<Site> sites = new ArrayList<>();
    private final List<List<Coverage>> people = new ArrayList<>();
    private final Map<DeviceId, DeviceStatus> devices = new LinkedHashMap<>();

    /// One place with one or two reception desks for one or two clinics.
    record Site(List<InstitutionCode> clinics, List<DeviceId> devices) {}

    Town(Dice dice, LocalDate start) {
        int next = 0;
        int sitesMax = dice.between(2, 3);
        for (int site = 0; site < sitesMax; site++) {
            boolean twoClinics = site == 1 || dice.chance(0.1);
            List<InstitutionCode> clinics = CODES.subList(next, next + (twoClinics ? 2 : 1));
            next += clinics.size();
            List<DeviceId> here = new ArrayList<>();
            for (int device = site == 0 || dice.chance(0.2) ? 2 : 1; device > 0; device--) {
                here.add(new DeviceId(uuid("device", site, device)));
            }
            sites.add(new Site(clinics, here));
            here.forEach(device -> devices.put(device, new DeviceStatus.Active(Set.copyOf(clinics))));
        }
        for (int person = dice.between(PEOPLE_MIN, PEOPLE_MAX); person > 0; person--) {
            people.add(coverages(dice, start, person));
        }
    }

    private static List<Coverage> coverages(Dice dice, LocalDate start, int person) {
        LocalDate change = start.plusDays(dice.upTo(6));
        return switch (dice.upTo(4)) {
            case 0 -> List.of(coverage("0113901", person, start.minusYears(1), change));
            case 1 ->
                List.of(
                        coverage("0113901", person, start.minusYears(1), change),
                        coverage("0613901", person, change.plusDays(1), null));
            default -> List.of(coverage("0113901", person, start.minusYears(1), null));
        };
    }

    private static Coverage coverage(String insurer, int person, LocalDate from, @Nullable LocalDate until) {
        return new Coverage(InsurerNumber.ofBody(insurer), "9001", "" + person, "00", 30, from, until);
    }

    List<Site> sites() {
        return sites;
    }

    List<InstitutionCode> clinics() {
        return sites.stream().flatMap(site -> site.clinics().stream()).toList();
    }

    int people() {
        return people.size();
    }

    Coverage shownBy(int person) {
        return people.get(person).getFirst();
    }

    /// The same person has another id in each clinic, and the same one on each device of a clinic.
    static PatientId patient(InstitutionCode clinic, int person) {
        return new PatientId(uuid(clinic.digits(), person, 0));
    }

    /// What the authority knows about the person for that day.
    Answer answer(int person, LocalDate asOf) {
        List<Coverage> known = people.get(person);
        for (Coverage coverage : known) {
            if (coverage.inForceOn(asOf)) {
                return new Answer.Valid(coverage, SOMEBODY);
            }
        }
        return new Answer.Invalid(known.getFirst());
    }

    @Override
    public DeviceStatus status(DeviceId device) {
        return devices.getOrDefault(device, new DeviceStatus.Unknown());
    }

    void revoke(DeviceId device) {
        devices.put(device, new DeviceStatus.Revoked(everSpokeFor(device)));
    }

    void reportStolen(DeviceId device) {
        devices.put(device, new DeviceStatus.Stolen(everSpokeFor(device)));
    }

    private Set<InstitutionCode> everSpokeFor(DeviceId device) {
        Set<InstitutionCode> all = new TreeSet<>(status(device).clinics());
        all.addAll(status(device).ended());
        return all;
    }

    /// The clinic is no longer one of those that share the device.
    void endDeclaration(DeviceId device, InstitutionCode clinic) {
        Set<InstitutionCode> left = new TreeSet<>(status(device).clinics());
        left.remove(clinic);
        Set<InstitutionCode> ended = new TreeSet<>(status(device).ended());
        ended.add(clinic);
        devices.put(device, new DeviceStatus.Active(left, ended));
    }

    /// Whether the device may read what the clinic has.
    boolean reads(DeviceId device, InstitutionCode clinic) {
        return status(device) instanceof DeviceStatus.Active active
                && active.clinics().contains(clinic);
    }

    private static UUID uuid(String name, int a, int b) {
        return UUID.nameUUIDFromBytes((name + ' ' + a + ' ' + b).getBytes(StandardCharsets.US_ASCII));
    }
}
