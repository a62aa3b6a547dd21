namespace SessionGuard.Platform.Telemetry;

/// <summary>A figure of how things stand now, with one value for each of its labels.</summary>
internal sealed record Figure(string Name, string Help, IReadOnlyList<FigureValue> Values)
{
    public Figure(string name, string help, double value)
        : this(name, help, [new FigureValue(value)])
    {
    }
}

/// <param name="Label">Empty for a figure that has one value only.</param>
/// <param name="LabelValue">A word of a fixed list or an id: never a name.</param>
internal sealed record FigureValue(double Value, string Label = "", string LabelValue = "");
