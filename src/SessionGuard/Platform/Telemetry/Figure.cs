namespace SessionGuard.Platform.Telemetry;

/// <summary>How something stands now, read from the records; a gauge for those who watch.</summary>
/// <param name="Name">As an instrument is named: <c>/metrics</c> writes the dots as underscores and the unit behind it.</param>
/// <param name="Help">What it means, in one sentence.</param>
/// <param name="Unit">Null for a count.</param>
/// <param name="IsForEachSchool">It has a value for each school, and there may be tens of thousands.</param>
internal sealed record Figure(string Name, string Help, string? Unit = null, bool IsForEachSchool = false)
{
    public const string Seconds = "s";

    public FigureValue Is(double value) => new(this, value);

    /// <param name="value">The figure's value for this label value.</param>
    /// <param name="label">The label's name.</param>
    /// <param name="labelValue">A word of a fixed list or an id: never a name.</param>
    public FigureValue Is(double value, string label, string labelValue) => new(this, value, label, labelValue);
}

/// <param name="Figure">What has this value.</param>
/// <param name="Value">As it was when it was read.</param>
/// <param name="Label">Empty for a figure that has one value only.</param>
/// <param name="LabelValue">Empty where <paramref name="Label"/> is.</param>
internal sealed record FigureValue(Figure Figure, double Value, string Label = "", string LabelValue = "");
