using SessionGuard.Classes.Planning;
using SessionGuard.Platform.Text;
using SessionGuard.Rules;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Surfaces.Api;

namespace SessionGuard.Surfaces.Seeding;

/// <summary>Everything in a seed file, checked and tidied. Nothing has been written.</summary>
internal sealed class CheckedSeed
{
    public List<StaffDetails> Staff { get; } = [];

    public List<(CheckedPerson Child, IReadOnlyList<(CheckedPerson Carer, CarershipTerms Terms)> Carers)> Children { get; } = [];

    public List<CheckedPerson> AdultStudents { get; } = [];

    public List<CheckedSeedSeries> Series { get; } = [];
}

/// <param name="Details">Without accounts: those are known by address until they are opened.</param>
internal sealed record CheckedSeedSeries(
    SeriesDetails Details, string? Teacher, IReadOnlyList<string> CoTeachers, IReadOnlyList<string> Seats, string Path);

/// <summary>Checks a seed file as a whole, so that one run names everything that is wrong with it.</summary>
/// <param name="known">What the school has already: addresses of staff, references of people.</param>
internal sealed class SeedCheck(TimeZoneInfo zone, DateTimeOffset now, SeedKnown known)
{
    private readonly CheckedSeed _seed = new();
    private readonly HashSet<string> _staff = new(known.Staff, StringComparer.Ordinal);
    private readonly HashSet<string> _people = new(known.People, StringComparer.Ordinal);

    public CheckedSeed Check(SeedFile file, ValidationErrors faults)
    {
        foreach (var (person, at) in Numbered(file.Staff, "staff", faults))
        {
            CheckStaff(person, at);
        }

        var inFile = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (child, at) in Numbered(file.Children, "children", faults))
        {
            CheckChild(child, inFile, at);
        }

        foreach (var (adult, at) in Numbered(file.AdultStudents, "adultStudents", faults))
        {
            if (CheckPerson(new PersonDetails(PersonKind.AdultStudent, adult.Name, adult.ScreenName, null, adult.Email, adult.Phone, adult.Reference), inFile, at) is { } person)
            {
                _seed.AdultStudents.Add(person);
            }
        }

        var classes = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < file.Series.Count; i++)
        {
            CheckSeries(file.Series[i], $"series[{i}]", classes, faults.In($"series[{i}]"));
        }

        return _seed;
    }

    private void CheckStaff(SeedStaff person, ValidationErrors at)
    {
        if (new StaffDetails(person.Name, person.Email, Words.Parse<Role>(person.Role ?? "")).Check(at) is { } details)
        {
            _staff.Add(StaffAccounts.Normalize(details.Email!));
            _seed.Staff.Add(details);
        }
    }

    private void CheckChild(SeedChild child, HashSet<string> inFile, ValidationErrors at)
    {
        var details = CheckPerson(
            new PersonDetails(PersonKind.Child, child.Name, child.ScreenName, child.BornOn, Reference: child.Reference), inFile, at);
        var carers = new List<(CheckedPerson, CarershipTerms)>();
        foreach (var (carer, carerAt) in Numbered(child.Carers ?? [], "carers", at))
        {
            var checkedCarer = new PersonDetails(PersonKind.Carer, carer.Name, Email: carer.Email, Phone: carer.Phone).Check(Today, carerAt);
            if (string.IsNullOrWhiteSpace(carer.Email))
            {
                carerAt.Add("email", "A carer in this file needs a mail address: by it they are found again.");
            }
            else if (checkedCarer is not null)
            {
                carers.Add((checkedCarer, new CarershipTerms(carer.Primary, carer.DoNotContact, carer.NotAuthorised)));
            }
        }

        if (details is not null)
        {
            _seed.Children.Add((details, carers));
        }
    }

    private CheckedPerson? CheckPerson(PersonDetails details, HashSet<string> inFile, ValidationErrors at)
    {
        if (string.IsNullOrWhiteSpace(details.Reference))
        {
            at.Add("reference", "This is needed: by it they are found again.");
        }
        else if (!inFile.Add(details.Reference.Trim()))
        {
            at.Add("reference", "Somebody else in this file has it.");
        }
        else
        {
            _people.Add(details.Reference.Trim());
        }

        return details.Check(Today, at);
    }

    private void CheckSeries(SeedSeries series, string path, HashSet<string> inFile, ValidationErrors at)
    {
        if (string.IsNullOrWhiteSpace(series.Reference) && series.ZoomMeetingId is null)
        {
            at.Add("reference", "A class needs a reference or a zoomMeetingId: by it it is found again.");
        }
        else if (!inFile.Add(series.Reference?.Trim() ?? $"zoom:{series.ZoomMeetingId}"))
        {
            at.Add("reference", "Another class in this file has it.");
        }

        var mode = at.Word<PresenceMode>(series.PresenceMode, "presenceMode") ?? PresenceMode.InRoom;
        CheckStaffNames(series, at);
        for (var i = 0; i < (series.Seats?.Count ?? 0); i++)
        {
            if (!_people.Contains(series.Seats![i].Trim()))
            {
                at.Add($"seats[{i}]", "Nobody in this file or in the school has this reference.");
            }
        }

        _seed.Series.Add(new CheckedSeedSeries(Details(series, mode), series.Teacher, series.CoTeachers ?? [], series.Seats ?? [], path));
        CheckDetails(series, at);
    }

    /// <summary>A class that is there already may have begun long ago: only what can still be changed is looked at then.</summary>
    private void CheckDetails(SeedSeries series, ValidationErrors at)
    {
        var details = _seed.Series[^1].Details;
        var exists = known.Series.Contains(series.Reference?.Trim() ?? "");
        if (!exists)
        {
            // Any id will do: whether there is a teacher is all that is asked here.
            (details with { TeacherId = series.Teacher is null ? null : Guid.Empty }).Check(zone, now, at);
        }
    }

    private void CheckStaffNames(SeedSeries series, ValidationErrors at)
    {
        if (series.Teacher is { } teacher && !_staff.Contains(StaffAccounts.Normalize(teacher)))
        {
            at.Add("teacher", "No member of staff in this file or in the school has this address.");
        }

        for (var i = 0; i < (series.CoTeachers?.Count ?? 0); i++)
        {
            if (!_staff.Contains(StaffAccounts.Normalize(series.CoTeachers![i])))
            {
                at.Add($"coTeachers[{i}]", "No member of staff in this file or in the school has this address.");
            }
        }
    }

    private static SeriesDetails Details(SeedSeries series, PresenceMode mode) => new()
    {
        Name = series.Name,
        Reference = series.Reference,
        ZoomMeetingId = series.ZoomMeetingId,
        FirstDate = series.FirstDate,
        Time = series.Time,
        Minutes = series.Minutes,
        Weeks = series.Weeks,
        PresenceMode = mode,
        Gate = series.Gate,
        PlannedSize = series.PlannedSize,
    };

    private DateOnly Today => new LocalTime(zone, now).Today;

    private static IEnumerable<(T Item, ValidationErrors At)> Numbered<T>(IReadOnlyList<T> list, string name, ValidationErrors faults) =>
        list.Select((item, index) => (item, faults.In($"{name}[{index}]")));
}
