/** The addresses that the lesson's packets come from and go to, by the names that people are shown. */

/** Documentation addresses (RFC 5737, RFC 3849), and the services of AWS that are never filtered. */
export const hosts: Readonly<Record<string, string>> = {
  '203.0.113.5': 'client',
  '203.0.113.77': 'another client',
  '198.51.100.7': 'a site on the internet',
  '198.51.100.20': "the app's public address",
  '192.0.2.1': 'a router on the way',
  '2001:db8:1::5': 'IPv6 client',
  '10.0.0.2': 'Amazon DNS',
  '169.254.169.254': 'instance metadata',
  '169.254.169.123': 'Amazon Time Sync',
}
