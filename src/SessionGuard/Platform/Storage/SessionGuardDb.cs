using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using SessionGuard.Platform.Ledger.Chain;
using SessionGuard.Platform.Security;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Storage;

/// <summary>The one model. <see cref="SqliteDb"/> and <see cref="PostgresDb"/> say how each engine keeps it.</summary>
/// <remarks>An instance serves one request or pass after another: to make one costs as much as to ask the database.</remarks>
internal abstract class SessionGuardDb(DbContextOptions options, PersonalData personal) : DbContext(options), IDataProtectionKeyContext
{
    private static readonly OrganisationScope Nobody = new();
    private readonly PersonalData _personal = personal;
    private readonly List<LedgerNote> _notes = [];
    private OrganisationScope _scope = Nobody;

    /// <summary>Whose keys the model's personal columns are sealed with.</summary>
    public string KeyFile => _personal.KeyFile;

    /// <summary>True: a transaction that writes keeps every other one waiting, the webhook endpoint's too.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>ASP.NET Core's key ring, which the framework reads and stores by itself.</summary>
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>From now on it serves the request or pass that <paramref name="scope"/> belongs to. Before, it sees nothing.</summary>
    public void Serve(OrganisationScope scope)
    {
        _scope = scope;
        _notes.Clear();
    }

    /// <summary>Appends <paramref name="note"/> to the ledger when the changes around it are saved, in the same transaction.</summary>
    /// <remarks>A save that fails leaves the note pending like the changes around it.</remarks>
    public void Record(LedgerNote note) => _notes.Add(note);

    /// <summary>What a <see cref="BlindIndexAttribute"/> column may hold for <paramref name="value"/>: look for any of them.</summary>
    /// <param name="kind">A word of <see cref="BlindIndex"/>.</param>
    public IReadOnlyList<string> ComputeIndexes(string kind, string value) => _personal.ComputeIndexes(kind, BlindIndex.Normalise(kind, value));

    /// <summary>
    /// Runs <paramref name="work"/>, saves included, in one transaction, or in the one already under way. On SQLite it waits for its
    /// turn to write first.
    /// </summary>
    /// <remarks>When it throws, the context forgets every pending change and note: the work can be done again from the start.</remarks>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        if (Database.CurrentTransaction is not null)
        {
            return await work();
        }

        try
        {
            return await CommitAsync(work, cancellation);
        }
        catch
        {
            ChangeTracker.Clear();
            _notes.Clear();
            throw;
        }
    }

    /// <summary>The condition that a row is among those that <paramref name="select"/> gives and that no claim under way has chosen.</summary>
    /// <param name="id">The column, as SQL.</param>
    /// <param name="select">A query of ids, as SQL.</param>
    public abstract string AmongUnclaimed(string id, string select);

    /// <summary>What was deleted is overwritten in the database's file, and may still stand in a log beside it: removes it there.</summary>
    public abstract Task LeaveNoTraceAsync(CancellationToken cancellation);

    /// <summary>Goes back to its pool, where it sees nothing.</summary>
    public override void Dispose()
    {
        Serve(Nobody);
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose"/>
    public override ValueTask DisposeAsync()
    {
        Serve(Nobody);
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>Blocks a thread, and is for the framework alone: it stores a key of its ring, every few months, and knows no other way.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        _notes.Count == 0 && ChangeTracker.HasChanges() && ChangeTracker.Entries().All(e => e.Entity is DataProtectionKey)
            ? SaveChangesAsync(acceptAllChangesOnSuccess).GetAwaiter().GetResult()
            : throw new NotSupportedException("Saving blocks a thread: call SaveChangesAsync.");

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        foreach (var entry in ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified))
        {
            entry.Entity.Version++;
        }

        UpdateBlindIndexes();

        if (Database.CurrentTransaction is not null)
        {
            var savedInside = await SaveAsync(acceptAllChangesOnSuccess, cancellationToken);
            _notes.Clear();
            return savedInside;
        }

        if (_notes.Count == 0 && !ChangeTracker.HasChanges())
        {
            return 0;
        }

        // Accepted only once committed: a commit that fails leaves everything pending.
        var saved = await CommitAsync(() => SaveAsync(acceptAllChangesOnSuccess: false, cancellationToken), cancellationToken);
        _notes.Clear();
        if (acceptAllChangesOnSuccess)
        {
            ChangeTracker.AcceptAllChanges();
        }

        return saved;
    }

    /// <summary>The turn to write; on an engine with many writers there is nothing to wait for.</summary>
    protected virtual ValueTask<IDisposable?> TakeTurnAsync(CancellationToken cancellation) => ValueTask.FromResult<IDisposable?>(null);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
        configurationBuilder.Conventions.Add(_ => new PersonalColumns(_personal));
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        builder.ApplyConfigurationsFromAssembly(typeof(SessionGuardDb).Assembly);
        var filter = new Action<ModelBuilder>(SeeOnlyTheScope<IOwned>).Method.GetGenericMethodDefinition();
        foreach (var owned in builder.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(IOwned))).ToList())
        {
            filter.MakeGenericMethod(owned.ClrType).Invoke(this, [builder]);
        }

        foreach (var versioned in builder.Model.GetEntityTypes().Where(t => t.ClrType.IsAssignableTo(typeof(IVersioned))))
        {
            versioned.FindProperty(nameof(IVersioned.Version))!.IsConcurrencyToken = true;
        }
    }

    private void UpdateBlindIndexes()
    {
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var index in BlindIndexAttribute.In(entry.Metadata.ClrType))
            {
                index.Update(entry.Entity, _personal);
            }
        }
    }

    private async Task<T> CommitAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        using var turn = await TakeTurnAsync(cancellation);
        await using var transaction = await Database.BeginTransactionAsync(cancellation);
        var result = await work();
        await transaction.CommitAsync(cancellation);
        return result;
    }

    private async Task<int> SaveAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellation)
    {
        if (_notes.Count == 0)
        {
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellation);
        }

        try
        {
            // The chains' ends are locked before any row is written: two saves meet there, and nowhere else.
            await LedgerChain.AppendAsync(this, _notes, cancellation);
            return await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellation);
        }
        finally
        {
            LedgerChain.LetGo(this);
        }
    }

    private void SeeOnlyTheScope<T>(ModelBuilder builder)
        where T : class, IOwned =>
        builder.Entity<T>().HasQueryFilter(row => _scope.IsEverything || row.OrganisationId == _scope.OrganisationId);
}
