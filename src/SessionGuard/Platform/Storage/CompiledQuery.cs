using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Metadata;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// A query that is translated once. Any other is built, taken apart and compared each time before EF Core knows that it has seen it, which
/// costs more than a short answer: for what hundreds may ask in one second.
/// </summary>
/// <typeparam name="TAsk">What <c>EF.CompileAsyncQuery</c> makes.</typeparam>
/// <param name="compile">Called once for each model: a compiled query knows one only.</param>
internal sealed class CompiledQuery<TAsk>(Func<TAsk> compile)
    where TAsk : Delegate
{
    private readonly ConditionalWeakTable<IModel, TAsk> _asks = [];

    public TAsk On(SessionGuardDb db) => _asks.GetValue(db.Model, _ => compile());
}
