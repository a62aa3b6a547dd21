using SessionGuard.Platform.Hosting;
using SessionGuard.Platform.Keys;

namespace SessionGuard.Platform.Security;

/// <summary>The steps of a change of keys that happen in the key file. What is stored follows with <see cref="ReencryptionPass"/>.</summary>
internal sealed class KeyRotation(MasterKey master)
{
    /// <summary>Keeps others from changing the file meanwhile: two who each make a key would lose one of them.</summary>
    /// <exception cref="StartException">Somebody changes it just now.</exception>
    public IDisposable Hold()
    {
        try
        {
            return new FileStream(
                master.File + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The keys in {master.File} are being changed by another command, or its folder cannot be written: {fault.Message}");
        }
    }

    /// <summary>Makes the next key, which opens from now on and seals nothing yet: so that every node knows it before it is used.</summary>
    public NamedKey Prepare()
    {
        var keys = master.Load();
        RefuseHalfDone(keys);
        if (keys.Next is null)
        {
            master.Replace(keys = keys with { Next = NamedKey.Make() });
        }

        return keys.Next;
    }

    /// <summary>Makes the next key the current one, or goes on with a rotation that was begun.</summary>
    public KeySet Begin()
    {
        var keys = master.Load();
        if (keys.Previous is null)
        {
            master.Replace(keys = keys with { Current = keys.Next ?? NamedKey.Make(), Previous = keys.Current, Next = null });
        }

        return keys;
    }

    /// <summary>Forgets the previous key. What is still sealed under it opens never again.</summary>
    public void End() => master.Replace(master.Load() with { Previous = null });

    private static void RefuseHalfDone(KeySet keys)
    {
        if (keys.Previous is not null)
        {
            throw new StartException("The rotation before is not over: run key rotate, then key retire.");
        }
    }
}
