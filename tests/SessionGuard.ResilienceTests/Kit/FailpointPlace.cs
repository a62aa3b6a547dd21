using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SessionGuard.ResilienceTests.Kit;

/// <summary>A point by its name, and how a listener hears that the process is there.</summary>
internal abstract record FailpointPlace(string Name)
{
    /// <summary>Calls <paramref name="reached"/> on the thread that is at the point, before it goes on.</summary>
    public abstract void Listen(Action reached);
}

/// <summary>What a library writes to its <see cref="DiagnosticListener"/>.</summary>
internal sealed record ListenedPlace(string Name, string Listener, string Event, Func<object?, bool> IsIt) : FailpointPlace(Name)
{
    public override void Listen(Action reached) => DiagnosticListener.AllListeners.Subscribe(new Ear<DiagnosticListener>(listener =>
    {
        if (listener.Name == Listener)
        {
            listener.Subscribe(new Ear<KeyValuePair<string, object?>>(heard =>
            {
                if (heard.Key == Event && IsIt(heard.Value))
                {
                    reached();
                }
            }));
        }
    }));

    private sealed class Ear<T>(Action<T> hear) : IObserver<T>
    {
        public void OnNext(T value) => hear(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}

/// <summary>What the service itself counts.</summary>
internal sealed record MeasuredPlace(string Name, string Counter, string Tag) : FailpointPlace(Name)
{
    public override void Listen(Action reached)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == Counter)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (var tag in tags)
            {
                if (Tag.Equals(tag.Value as string, StringComparison.Ordinal))
                {
                    reached();
                }
            }
        });
        listener.Start();
    }
}
