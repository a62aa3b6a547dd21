using SessionGuard.Surfaces.Seeding;

namespace SessionGuard.Demo;

/// <summary>The example school's families, as its office would write them into a file for <c>seed</c>. All of them are made up.</summary>
internal static class DemoFamilies
{
    public const string Maya = "C-1001";
    public const string Leo = "C-1002";
    public const string Aisha = "C-1003";
    public const string Ben = "C-1004";

    public static SeedCarer Dana { get; } = Carer("Dana Jones", "dana.jones@families.example", "01632 960 101", isFirst: true);

    public static SeedCarer Sana { get; } = Carer("Sana Malik", "sana.malik@families.example", "01632 960 102", isFirst: true);

    public static SeedCarer Omar { get; } = Carer("Omar Malik", "omar.malik@families.example", "01632 960 103", isFirst: false);

    public static SeedCarer Helen { get; } = Carer("Helen Wright", "helen.wright@families.example", "01632 960 104", isFirst: true);

    /// <param name="today">The children are of the same age whenever the demo is played.</param>
    public static IReadOnlyList<SeedChild> Children(DateOnly today) =>
    [
        Child(today, Maya, "Maya Jones", 9, Dana),
        Child(today, Leo, "Leo Jones", 7, Dana),
        Child(today, Aisha, "Aisha Malik", 10, Sana, Omar),
        Child(today, Ben, "Ben Wright", 17, Helen),
    ];

    private static SeedCarer Carer(string name, string email, string phone, bool isFirst) =>
        new(name, email, phone, Primary: isFirst, DoNotContact: false, NotAuthorised: null);

    private static SeedChild Child(DateOnly today, string reference, string name, int age, params IReadOnlyList<SeedCarer> carers) =>
        new(reference, name, ScreenName: null, $"{today.AddYears(-age).AddDays(-100):yyyy-MM-dd}", carers);
}
