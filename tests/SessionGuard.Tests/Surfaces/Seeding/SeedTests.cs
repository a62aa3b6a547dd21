using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SessionGuard.Classes.Seats;
using SessionGuard.Classes.Sessions;
using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Storage;
using SessionGuard.Platform.Text;
using SessionGuard.School.People;
using SessionGuard.Surfaces.Seeding;
using SessionGuard.Tests.Testing;
using SessionGuard.ZoomSandbox;

namespace SessionGuard.Tests.Surfaces.Seeding;

public sealed class SeedTests
{
    private static readonly string Example = Path.Combine(Source.Root, "infra", "examples", "school.json");

    [Theory, OnEachEngine]
    internal async Task Seeding_twice_is_seeding_once(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        school.Zoom.AddHost("sam@alder.example", "Sam", "Okafor");
        var file = SeedFile.Read(Example);
        var (first, _) = await SeedAsync(school, file);
        var before = await CountsAsync(school);
        var (second, faults) = await SeedAsync(school, file);

        // A teacher and two children, two carers, an adult, a class and its two places; the other two accounts were there.
        Assert.Equal((new Seeded(9, null), new Seeded(0, null)), (first, second));
        Assert.True(faults.None);
        Assert.Equal(before, await CountsAsync(school));
        Assert.Equal((5, 3, 1, 2, 12), before);
    }

    [Theory, OnEachEngine]
    internal async Task What_the_file_says_now_is_so_now(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        school.Zoom.AddHost("sam@alder.example", "Sam", "Okafor");
        await SeedAsync(school, SeedFile.Read(Example));
        await SeedAsync(school, Changed(json => json["children"]![0]!["name"] = "Maya Lee"));

        var child = await school.App.ReadAsync(db => db.PeopleOfReference("C-1001").SingleAsync());
        Assert.Equal("Maya Lee", child.Name);
        var ties = await school.App.ReadAsync(db => db.Set<Carership>().Where(t => t.ChildId == child.Id).OrderBy(t => t.IsPrimary).ToListAsync());
        Assert.Equal([(false, true), (true, false)], ties.Select(t => (t.IsPrimary, t.DoNotContact)));
    }

    public static TheoryData<string, string> Wrong { get; } = new()
    {
        { "staff[0].email", """{"staff":[{"name":"S","email":"x","role":"teacher"}]}""" },
        { "staff[0].role", """{"staff":[{"name":"S","email":"s@alder.example","role":"head"}]}""" },
        { "children[0].bornOn", """{"children":[{"reference":"C","name":"M","bornOn":"1990-01-01"}]}""" },
        { "children[1].reference", """{"children":[{"reference":"C","name":"M","bornOn":"2016-01-01"},{"reference":"C","name":"N","bornOn":"2016-01-01"}]}""" },
        { "children[0].carers[0].email", """{"children":[{"reference":"C","name":"M","bornOn":"2016-01-01","carers":[{"name":"D","email":"d\n@x.example"}]}]}""" },
        { "adultStudents[0].reference", """{"adultStudents":[{"name":"P"}]}""" },
        { "series[0].seats[0]", """{"series":[{"reference":"t","name":"T","teacher":"alex@alder.example","firstDate":"2027-03-02","time":"17:00","minutes":60,"seats":["C-9"]}]}""" },
        { "series[0].teacher", """{"series":[{"reference":"t","name":"T","teacher":"nobody@alder.example","firstDate":"2027-03-02","time":"17:00","minutes":60}]}""" },
        { "series[0].time", """{"series":[{"reference":"t","name":"T","teacher":"alex@alder.example","firstDate":"2027-03-28","time":"01:30","minutes":60}]}""" },
        { "series[0].reference", """{"series":[{"name":"T","teacher":"alex@alder.example","firstDate":"2027-03-28","time":"17:00","minutes":60}]}""" },
    };

    [Fact]
    public async Task A_file_with_a_mistake_is_refused_whole_and_the_mistake_is_named()
    {
        await using var school = await TeachingSchool.StartAsync(StorageEngine.Sqlite);
        var before = await CountsAsync(school);
        foreach (var (path, text) in Wrong.Select(row => row.Data))
        {
            var json = JsonNode.Parse(text)!.AsObject();
            json["staff"] ??= JsonNode.Parse("""[{"name":"Nia","email":"nia@alder.example","role":"teacher"}]""");
            var (seeded, faults) = await SeedAsync(school, Written(json));
            Assert.Null(seeded);
            Assert.Equal([path], faults.All.Select(f => f.Path));
        }

        Assert.Equal(before, await CountsAsync(school));
    }

    [Theory]
    [InlineData("""{"children":[null]}""", "$.children[0]")]
    [InlineData("""{"pupils":[]}""", "pupils")]
    [InlineData("""{"children":[{"reference":7}]}""", "$.children[0].reference")]
    [InlineData("{", "line 1")]
    public void What_is_no_such_file_is_named_by_its_place(string text, string place) =>
        Assert.Contains(place, Assert.Throws<StartException>(() => Written(text)).Message, StringComparison.Ordinal);

    [Theory, OnEachEngine]
    internal async Task When_Zoom_is_down_the_people_are_kept_and_the_next_run_goes_on(StorageEngine engine)
    {
        await using var school = await TeachingSchool.StartAsync(engine);
        school.Zoom.AddHost("sam@alder.example", "Sam", "Okafor");
        school.Zoom.Faults.Always(Fault.ScopeGone(), "POST", "/v2/users");
        var (stopped, _) = await SeedAsync(school, SeedFile.Read(Example));
        Assert.StartsWith("series[0]: ", stopped!.Stopped, StringComparison.Ordinal);
        Assert.Equal((5, 3, 0, 0, 0), await CountsAsync(school));

        school.Zoom.Faults.Clear();
        Assert.Equal(new Seeded(3, null), (await SeedAsync(school, SeedFile.Read(Example))).Seeded);
    }

    [Theory, OnEachEngine]
    internal async Task The_verb_enters_what_a_file_says(StorageEngine engine)
    {
        await using var app = await App.StartAsync(engine);
        var settings = App.Settings(app.Folder, engine, engine is StorageEngine.Sqlite ? "" : app.Services.GetRequiredService<PostgresConnections>().ConnectionString);
        var file = Path.Combine(app.Folder, "people.json");
        await File.WriteAllTextAsync(file, """{"children":[{"reference":"C-1","name":"Maya Jones","bornOn":"2020-05-01"}]}""");
        var seeded = await ProgramRun.ToEndAsync(app.Folder, ["seed", file, "--organisation", App.Slug], settings);
        Assert.Equal((0, "alder: 1 added.", ""), (seeded.ExitCode, seeded.Output.Trim(), seeded.Error));

        await File.WriteAllTextAsync(file, """{"children":[{"reference":"C-2","name":"Maya Jones"}]}""");
        var refused = await ProgramRun.ToEndAsync(app.Folder, ["seed", file], settings);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.StartsWith("children[0].bornOn: ", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, await app.ReadAsync(db => db.Set<Person>().CountAsync()));
    }

    private static async Task<(Seeded? Seeded, ValidationErrors Faults)> SeedAsync(TeachingSchool school, SeedFile file)
    {
        var faults = new ValidationErrors();
        var seeded = await school.DoAsync(services => services.GetRequiredService<SeedSchool>().HandleAsync(school.App.School, file, faults, CancellationToken.None));
        return (seeded, faults);
    }

    private static SeedFile Changed(Action<JsonObject> change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Example))!.AsObject();
        change(json);
        return Written(json);
    }

    private static SeedFile Written(JsonObject json) => Written(json.ToJsonString());

    private static SeedFile Written(string text)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder, "seed.json");
        File.WriteAllText(path, text);
        return SeedFile.Read(path);
    }

    private static Task<(int People, int Ties, int Classes, int Seats, int Sessions)> CountsAsync(TeachingSchool school) => school.App.ReadAsync(async db => (
        await db.Set<Person>().CountAsync(), await db.Set<Carership>().CountAsync(), await db.Set<ClassSeries>().CountAsync(), await db.Set<Seat>().CountAsync(),
        await db.Set<Session>().CountAsync()));
}
