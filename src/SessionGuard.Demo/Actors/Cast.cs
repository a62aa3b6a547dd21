namespace SessionGuard.Demo.Actors;

/// <summary>Everybody who plays in the stories.</summary>
internal sealed class Cast(Stage stage)
{
    public Teacher Alex { get; } = new(stage, DemoSchool.Teacher);

    public Lead Robin { get; } = new(stage, DemoSchool.Lead);

    public Lead Noor { get; } = new(stage, DemoSchool.Deputy);

    /// <summary>Maya's and Leo's mother.</summary>
    public Family Dana { get; } = new(stage, DemoFamilies.Dana);

    /// <summary>Aisha's mother, whom the school asks first.</summary>
    public Family Sana { get; } = new(stage, DemoFamilies.Sana);

    /// <summary>Aisha's father.</summary>
    public Family Omar { get; } = new(stage, DemoFamilies.Omar);

    /// <summary>Ben's mother.</summary>
    public Family Helen { get; } = new(stage, DemoFamilies.Helen);
}
