/** Base64 of text with what the web has too: the console shows commands in the browser. */

export function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''))
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined for what is not base64, or not of text. */
export function textOfBase64(data: string): string | undefined {
  try {
    return utf8.decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0)))
  } catch {
    return undefined
  }
}
