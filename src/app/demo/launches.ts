/** The two instances of the demonstration: each runs a web server of one line, given as user data. */

/** An instance of the story. */
export interface Actor {
  readonly name: string
  readonly id: string
  readonly address: string
}

/** The user data is its own interpreter's: this Node. What it prints is the id and the address. */
export function launchCommand(name: string, group?: string): string {
  return [
    'aws ec2 run-instances --image-id ami-0abcdef1234567890',
    ...(group === undefined ? [] : [`--security-group-ids ${group}`]),
    `--tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=${name}}]'`,
    "--query 'Instances[].[InstanceId,PrivateIpAddress]' --output text",
    `--user-data '#!${process.execPath}\n${serverOf(name)}'`,
  ].join(' ')
}

function serverOf(name: string): string {
  return `require("http").createServer((_, response) => response.end("hello from ${name}\\n")).listen(80)`
}

export function isServedBy(name: string, page: string): boolean {
  return page === `hello from ${name}\n`
}
