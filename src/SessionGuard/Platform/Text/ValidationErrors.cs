namespace SessionGuard.Platform.Text;

/// <summary>What is wrong with something that was sent in: sentences by the path of the value, gathered so that one answer names all of it.</summary>
internal sealed class ValidationErrors
{
    private readonly SortedDictionary<string, List<string>> _all;
    private readonly string _prefix;

    public ValidationErrors()
        : this(new SortedDictionary<string, List<string>>(StringComparer.Ordinal), "")
    {
    }

    private ValidationErrors(SortedDictionary<string, List<string>> all, string prefix)
    {
        _all = all;
        _prefix = prefix;
    }

    /// <summary>How many there are, here and in every part.</summary>
    public int Count => _all.Sum(f => f.Value.Count);

    public bool None => _all.Count == 0;

    public IEnumerable<(string Path, string Sentence)> All => _all.SelectMany(f => f.Value.Select(sentence => (f.Key, sentence)));

    /// <summary>The same faults, for a part of the whole: its paths begin with <paramref name="part"/>, such as <c>children[2]</c>.</summary>
    public ValidationErrors In(string part) => new(_all, $"{_prefix}{part}.");

    public void Add(string path, string sentence)
    {
        if (!_all.TryGetValue(_prefix + path, out var sentences))
        {
            _all.Add(_prefix + path, sentences = []);
        }

        sentences.Add(sentence);
    }

    public Dictionary<string, string[]> ToDictionary() => _all.ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);
}
