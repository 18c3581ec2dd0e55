import { describe, expect, test } from 'vitest'
import { parseCredentials, readCredentialsFile } from './credentials-file.ts'

const key = 'aws_access_key_id = AKID\naws_secret_access_key = s3/cr+t='

describe('a credentials file', () => {
  test('gives each key its secret and its account', () => {
    const text = `# ours\n[default]\n${key}\n\n; theirs\r\n[other]\r\naws_access_key_id=B\r\naws_secret_access_key=C\r\naccount = 210987654321\r\n`
    expect([...parseCredentials(text, 'keys')]).toEqual([
      ['AKID', { secret: 's3/cr+t=', account: undefined }],
      ['B', { secret: 'C', account: '210987654321' }],
    ])
  })

  test("may hold what AWS's own tools keep there", () => {
    const text = `\ufeff[default]\n${key}\nregion = eu-west-1\naws_session_token = x=y\n[role]\nrole_arn = a\nsource_profile = default`
    expect([...parseCredentials(text, 'keys').keys()]).toEqual(['AKID'])
  })

  test.each([
    ['', 'keys: holds no access key'],
    ['[a]\nregion = x', 'keys: holds no access key'],
    [key, 'keys:1: stands before the first [NAME]'],
    ['[a]\naws_access_key_id = A', 'keys:1: needs aws_access_key_id and aws_secret_access_key'],
    ['[a]\naws_secret_access_key = A', 'keys:1: needs aws_access_key_id and aws_secret_access_key'],
    ['[a]\naws_access_key_id =\naws_secret_access_key =', 'keys:1: needs aws_access_key_id and'],
    [`[a]\n${key}\naccount = 12`, 'keys:1: account must have twelve digits'],
    [`[a]\n${key}\n[b]\n${key}`, 'keys:4: repeats the access key AKID'],
    [`[a]\n${key}\nhello`, 'keys:4: is neither [NAME] nor SETTING = VALUE'],
  ])('that reads %j is refused with its line', (text, message) => {
    expect(() => parseCredentials(text, 'keys')).toThrow(message)
  })

  test('that is not there is refused by name', () => {
    expect(() => readCredentialsFile('/nowhere/keys')).toThrow('/nowhere/keys: ENOENT')
  })
})
