/**
 * How a program is run inside an instance: with what a server needs, and without the power to change the rules it
 * is under. It is root there, so the kernel's settings, which root may write without any capability, are read-only.
 */

import { shell } from '../system-tool.ts'

const capabilities = [
  ...['chown', 'dac_override', 'fowner', 'fsetid', 'kill', 'setgid', 'setuid', 'setfcap', 'sys_chroot', 'audit_write'],
  // Ports below 1024. Not raw sockets: frames that a program writes itself meet no rule on their way out.
  'net_bind_service',
]

const kept = ['-all', ...capabilities.map((name) => `+${name}`)].join(',')

/**
 * Shell lines that end in running their arguments; before them come the folder
 * to run in and the name of the host. A program whose file
 * asks for a capability that is not to be had, as ping's does, would not start at all: on nosuid it does without.
 */
const confine = `
cd "$1" 2> /dev/null || cd /
hostname "$2" 2> /dev/null || true
shift 2
mount --bind /proc/sys /proc/sys
mount -o remount,bind,ro /proc/sys
mount -o remount,bind,nosuid / 2> /dev/null || true
exec setpriv --inh-caps=-all --bounding-set=${kept} -- "$@"
`

export interface Inside {
  readonly folder: string
  readonly hostname: string
}

export function confined(enter: readonly string[], inside: Inside, command: readonly string[]): string[] {
  const { folder, hostname } = inside
  return [
    ...enter,
    'unshare',
    '--mount',
    '--uts',
    '--',
    ...shell,
    '-c',
    confine,
    'sallyport',
    folder,
    hostname,
    ...command,
  ]
}

/** As EC2 names a host by its IP address, and by its id where it has none of IPv4. */
export function hostnameOf(id: string, addresses: readonly string[]): string {
  const first = addresses.find((each) => !each.includes(':'))
  return first === undefined ? id : `ip-${first.replaceAll('.', '-')}`
}
