using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Platform.Mail;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Storage.Rows;
using SessionGuard.School.People;
using SessionGuard.School.Staff;
using SessionGuard.Tests.Testing;

namespace SessionGuard.Tests.Platform.Storage;

/// <summary>Which columns are sealed, which are not and why, and what the database may be asked of those that are.</summary>
public sealed class SealedColumnTests
{
    private const string Word = "a word of ours from a short list";
    private const string ZoomsId = "an id of Zoom's; names nobody without Zoom's own records";
    private const string Hash = "a hash, keyed or of random bits";
    private const string Machinery = "the service's own working, nothing of a school";
    private const string Unused = "a table of the library's that nothing writes to";
    private const string Sentence = "a sentence of ours, without anybody's name";

    /// <summary>Every text column that is not sealed, with the reason.</summary>
    private static readonly Dictionary<string, string> InTheClear = new()
    {
        ["Account.ConcurrencyStamp"] = Machinery,
        ["Account.EmailIndex"] = Hash,
        ["Account.NormalizedUserName"] = "the account's id",
        ["Account.PasswordHash"] = "a hash; empty while sign-in is by link",
        ["Account.SecurityStamp"] = Machinery,
        ["Account.UserName"] = "the account's id",
        ["ClassSeries.Reference"] = "the school's own number for a class",
        ["DataProtectionKey.FriendlyName"] = Machinery,
        ["DataProtectionKey.Xml"] = "its key is sealed inside; see KeyRingEncryptor",
        ["Flag.Rule"] = Word,
        ["Flag.Summary"] = Sentence,
        ["FlagEvidence.Source"] = Word,
        ["FormerRegistrant.RegistrantId"] = ZoomsId,
        ["HostBudget.HostZoomId"] = ZoomsId,
        ["IdentityPasskeyData.Name"] = Unused,
        ["IdentityUserClaim`1.ClaimType"] = Unused,
        ["IdentityUserClaim`1.ClaimValue"] = Unused,
        ["IdentityUserLogin`1.LoginProvider"] = Unused,
        ["IdentityUserLogin`1.ProviderDisplayName"] = Unused,
        ["IdentityUserLogin`1.ProviderKey"] = Unused,
        ["IdentityUserToken`1.LoginProvider"] = Unused,
        ["IdentityUserToken`1.Name"] = Unused,
        ["IdentityUserToken`1.Value"] = Unused,
        ["InboxMessage.Event"] = "Zoom's name of the event",
        ["InboxMessage.Reason"] = Sentence,
        ["JobState.Error"] = Machinery,
        ["JobState.Name"] = Machinery,
        ["JobState.Node"] = Machinery,
        ["LedgerEntry.Action"] = Word,
        ["LedgerEntry.Actor"] = "a word of ours and an id",
        ["LedgerEntry.Data"] = "ids, times and words of ours; see DumpTests",
        ["LedgerEntry.Subject"] = "a word of ours and an id",
        ["Meeting.HostZoomId"] = ZoomsId,
        ["Meeting.PasscodeMark"] = Hash,
        ["MeetingInstance.Uuid"] = ZoomsId,
        ["Node.Name"] = Machinery,
        ["Node.Version"] = Machinery,
        ["Organisation.Name"] = "the school's name, which is public",
        ["Organisation.Slug"] = "the school's word in addresses",
        ["Organisation.TimeZone"] = "the school's time zone",
        ["MeetingSettings.AutoRecording"] = "a word of Zoom's from a short list",
        ["OutboxMessage.LastError"] = Sentence,
        ["OutboxMessage.MessageId"] = "the mail's id and the service's host",
        ["OutboxMessage.OnceKey"] = "words of ours and ids",
        ["OutboxMessage.Purpose"] = Word,
        ["ParticipantEvent.ConnectionId"] = ZoomsId,
        ["ParticipantEvent.InstanceUuid"] = ZoomsId,
        ["ParticipantEvent.ParentConnectionId"] = ZoomsId,
        ["ParticipantEvent.ParticipantUuid"] = ZoomsId,
        ["ParticipantEvent.RegistrantId"] = ZoomsId,
        ["ParticipantEvent.RoomId"] = ZoomsId,
        ["ParticipantEvent.ZoomUserId"] = ZoomsId,
        ["Person.EmailIndex"] = Hash,
        ["Person.ReferenceIndex"] = Hash,
        ["RememberedMatch.ScreenKey"] = Hash,
        ["Repair.After"] = Word,
        ["Repair.Before"] = Word,
        ["Repair.Rule"] = Word,
        ["RuleRecord.Rule"] = Word,
        ["RuleRecord.Why"] = Sentence,
        ["Seat.PasscodeMark"] = Hash,
        ["Seat.RegistrantId"] = ZoomsId,
        ["Session.OccurrenceKey"] = ZoomsId,
        ["ZoomConnection.AccountId"] = ZoomsId,
        ["ZoomConnection.ClientId"] = ZoomsId,
        ["ZoomHost.ZoomId"] = ZoomsId,
    };

    [Theory, OnEachEngine]
    internal async Task Every_text_column_is_sealed_or_has_a_reason_why_not(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var texts = await app.ReadAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .SelectMany(t => t.GetDeclaredProperties().Concat(t.GetDeclaredComplexProperties().SelectMany(c => c.ComplexType.GetProperties())))
            .Where(p => p.ClrType == typeof(string)).ToList()));

        var open = texts.Where(p => p.FindAnnotation(PersonalAttribute.Annotation) is null && p.FindAnnotation(SealedAttribute.Annotation) is null);

        Assert.Equal(InTheClear.Keys.Order(StringComparer.Ordinal), open.Select(p => $"{p.DeclaringType.ClrType.Name}.{p.Name}").Order(StringComparer.Ordinal));
        Assert.All(InTheClear.Values, Assert.NotEmpty);
    }

    [Theory, OnEachEngine]
    internal async Task Every_personal_column_holds_bytes_and_none_is_sealed_twice(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        await app.ReadAsync(db =>
        {
            var personal = db.Model.GetEntityTypes().SelectMany(t => t.GetDeclaredProperties())
                .Where(p => p.FindAnnotation(PersonalAttribute.Annotation) is not null).ToList();
            Assert.All(personal.Where(p => p.FindAnnotation(SealedAttribute.Annotation) is null), p =>
            {
                Assert.Equal(typeof(byte[]), p.GetValueConverter()?.ProviderClrType);
                Assert.Equal(engine is StorageEngine.Sqlite ? "BLOB" : "bytea", p.GetColumnType());
            });
            Assert.All(personal.Where(p => p.FindAnnotation(SealedAttribute.Annotation) is not null), p => Assert.Null(p.GetValueConverter()));
            return Task.FromResult(personal.Count);
        });
    }

    [Fact]
    public async Task Asking_the_database_about_a_sealed_value_is_refused()
    {
        await using var app = await App.StartAsync(StorageEngine.Sqlite);
        await using var scope = app.Services.GetRequiredService<IServiceScopeFactory>().CreateServiceScope();
        var db = scope.ServiceProvider.GetRequiredService<SessionGuardDb>();
        var name = "Maya";
        var people = db.Set<Person>();

        Func<Task>[] refused =
        [
            () => people.Where(p => p.Name == name).ToListAsync(),
            () => people.AnyAsync(p => p.Name.StartsWith(name)),
            () => people.FirstOrDefaultAsync(p => p.Email!.Length > 3),
            () => people.OrderBy(p => p.Name).ToListAsync(),
            () => people.Select(p => p.Name).Order().ToListAsync(),
            () => people.Select(p => p.Name).OrderBy(n => n).ToListAsync(),
            () => people.Select(p => p.Name).Distinct().ToListAsync(),
            () => people.Where(p => people.Any(other => other.Phone == p.Phone)).ToListAsync(),
            () => people.Join(db.Set<Account>(), p => p.Email, a => a.Email, (p, a) => p.Id).ToListAsync(),
            () => db.Set<OutboxMessage>().CountAsync(m => m.SealedText == name),
        ];
        foreach (var query in refused)
        {
            Assert.Contains("is sealed in the database", (await Assert.ThrowsAsync<InvalidOperationException>(query)).Message, StringComparison.Ordinal);
        }

        Assert.Empty(await people.Where(p => p.Email != null && null == p.BornOn).OrderBy(p => p.Id).Select(p => p.Name ?? p.ScreenName).ToListAsync());
        Assert.Empty(await db.AccountsAt("nobody@alder.example").ToListAsync());
    }

    [Theory, OnEachEngine]
    internal async Task A_value_set_by_a_statement_is_sealed_too(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var id = Guid.CreateVersion7(App.Noon);
        await app.WriteAsync(db => db.Add(new Person
        {
            Id = id,
            OrganisationId = app.School.Id,
            Kind = PersonKind.Child,
            Name = "Maya",
            BornOn = new DateOnly(2017, 5, 4),
            CreatedAt = App.Noon,
        }));

        var phone = "01632 960 000";
        await app.ReadAsync(db => db.Set<Person>().Where(p => p.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.Phone, phone).SetProperty(p => p.ScreenName, "M \u202E\u0000 <b>").SetProperty(p => p.Email, (string?)null)));

        var kept = await app.ReadAsync(db => db.Set<Person>().SingleAsync(p => p.Id == id));
        Assert.Equal(("Maya", phone, "M \u202E\u0000 <b>", null, new DateOnly(2017, 5, 4)), (kept.Name, kept.Phone, kept.ScreenName, kept.Email, kept.BornOn!.Value));
    }

    [Theory, OnEachEngine]
    internal async Task A_person_is_found_by_address_and_by_number_and_a_number_is_given_once(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        Person Carer(string? email, string? reference) => new()
        {
            Id = Guid.CreateVersion7(App.Noon),
            OrganisationId = app.School.Id,
            Kind = PersonKind.Carer,
            Name = "Sam",
            Email = email,
            Reference = reference,
            CreatedAt = App.Noon,
        };
        var sam = Carer("Sam@Family.Example", "C-1");
        await app.WriteAsync(db => db.AddRange(sam, Carer(null, null), Carer("sam@other.example", "c-1")));

        Assert.Equal(sam.Id, (await app.ReadAsync(db => db.PeopleAt(" sam@family.example").SingleAsync())).Id);
        Assert.Equal(sam.Id, (await app.ReadAsync(db => db.PeopleOfReference("C-1").SingleAsync())).Id);
        await Assert.ThrowsAsync<DbUpdateException>(() => app.WriteAsync(db => db.Add(Carer(null, "C-1"))));

        await app.ReadAsync(async db =>
        {
            (await db.Set<Person>().SingleAsync(p => p.Id == sam.Id)).Email = "new@family.example";
            return await db.SaveChangesAsync();
        });
        Assert.Empty(await app.ReadAsync(db => db.PeopleAt("sam@family.example").ToListAsync()));
        Assert.Equal(sam.Id, (await app.ReadAsync(db => db.PeopleAt("NEW@family.example").SingleAsync())).Id);
    }
}
