using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Moderation.Annotation.Text;

/// <summary>
/// Tells the processor what will be read soon, so that it is at hand by then: tables of words and weights are larger than the caches closest to
/// it, and every word stands elsewhere in them. Changes no result, and does nothing on processors without the instruction.
/// </summary>
internal static class Prefetch
{
    /// <summary>Tokens to look ahead.</summary>
    public const int Distance = 12;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Of<T>(ref readonly T what)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in what)));
    }
}
