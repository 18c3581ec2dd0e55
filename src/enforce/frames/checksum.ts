/** The checksums that a kernel looks at before it believes a packet. */

/** RFC 1071: the ones' complement sum of all parts, each of which but the last has an even length. */
export function internetChecksum(...parts: readonly Uint8Array[]): number {
  let sum = 0
  for (const part of parts) {
    for (let index = 0; index < part.length; index += 2) sum += ((part[index] ?? 0) << 8) | (part[index + 1] ?? 0)
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

/** Castagnoli's polynomial, bits reversed. */
const polynomial = 0x82f6_3b78

/** SCTP's checksum (RFC 9260 appendix A). */
export function crc32c(bytes: Uint8Array): number {
  let remainder = 0xffff_ffff
  for (const byte of bytes) {
    remainder ^= byte
    for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? polynomial : 0)
  }
  return ~remainder >>> 0
}
