namespace SessionGuard.Platform.Text;

/// <summary>A failure as the log may carry it.</summary>
internal static class FailureText
{
    /// <summary>Types and places only: a message may quote what somebody wrote.</summary>
    public static string DescribeFailure(Exception failure)
    {
        var types = new List<string>();
        for (var current = failure; current is not null; current = current.InnerException)
        {
            types.Add(current.GetType().FullName ?? current.GetType().Name);
        }

        return $"{string.Join(" from ", types)}{Environment.NewLine}{failure.StackTrace}";
    }
}
