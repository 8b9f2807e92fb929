using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moderation.Worker.Pipeline;
using RabbitMQ.Client;

namespace Moderation.Worker.RabbitMq;

/// <summary>Verifies the broker's certificate: who signed it, and that it names the host. There is no way to turn that off.</summary>
internal static class BrokerTls
{
    /// <summary>The extended key usage that a server's certificate must have, if it has any.</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <param name="caFile">A PEM file of the authorities to trust; null for the system's.</param>
    /// <exception cref="TransportException">The file of authorities cannot be used.</exception>
    public static SslOption Options(Uri uri, string? caFile)
    {
        var host = uri.Host;
        if (uri.Scheme != "amqps")
        {
            return new SslOption { Enabled = false };
        }

        var authorities = caFile is null ? null : ReadAuthorities(caFile);
        return new SslOption(host, enabled: true)
        {
            // None lets the system choose, which knows what is safe today.
            Version = SslProtocols.None,
            AcceptablePolicyErrors = SslPolicyErrors.None,
            CertificateValidationCallback = (_, certificate, chain, errors) => Fault(certificate, chain, errors, authorities) is { } fault
                ? throw new AuthenticationException(fault.Replace("{host}", host, StringComparison.Ordinal))
                : true,
        };
    }

    /// <summary>What is wrong with a certificate and what to do, or null.</summary>
    private static string? Fault(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors, X509Certificate2Collection? authorities)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return "the broker sent no certificate. Check that the port is its TLS port.";
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return "the broker's certificate does not name the host {host}. Set Moderation:RabbitMq:Uri to the name in the certificate, or give the broker one that names this host.";
        }

        return authorities is null
            ? errors == SslPolicyErrors.None ? null : $"this machine does not trust the broker's certificate ({Statuses(chain)}). Set Moderation:RabbitMq:CaFile to the PEM file of the authority that signed it, or give the broker a current one."
            : Verify(certificate, chain, authorities);
    }

    private static string? Verify(X509Certificate certificate, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // An authority of one's own seldom publishes revocations; it is the system's that the system checks.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        foreach (var element in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(leaf) ? null : $"no authority in Moderation:RabbitMq:CaFile signed the broker's certificate ({Statuses(chain)}). Put the right one there, or give the broker a current certificate.";
    }

    private static string Statuses(X509Chain? chain) =>
        chain is { ChainStatus.Length: > 0 } ? string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct()) : "no chain";

    private static X509Certificate2Collection ReadAuthorities(string file)
    {
        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(file);
            return authorities.Count > 0 ? authorities : throw new TransportException($"'{file}' holds no certificate. Moderation:RabbitMq:CaFile must be a PEM file with a BEGIN CERTIFICATE line.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new TransportException($"The file of authorities cannot be read: {e.Message} Check Moderation:RabbitMq:CaFile.", e);
        }
    }
}
