/** Chapter: the five commands in order, with what older pages show and a current CLI prints. */

import type { Chapter } from '../content.ts'

export const fiveCommands: Chapter = {
  id: 'five-commands',
  title: 'Five commands',
  aim: 'Create a group, open a port, take the outbound rule away, and see after each step what a packet meets.',
  parts: [
    {
      kind: 'command',
      number: 1,
      line: 'aws ec2 create-security-group --group-name my-web-sg --description "Security group for web server" --vpc-id vpc-…',
      does: 'Makes a security group in your VPC. It has no inbound rule, and one outbound rule that lets everything out.',
      olderPages: 'GroupId alone.',
      currentCli: 'GroupId and SecurityGroupArn, and Tags if you gave any.',
      scenes: ['command-1-create'],
    },
    {
      kind: 'command',
      number: 2,
      line: 'aws ec2 authorize-security-group-ingress --group-id sg-… --protocol tcp --port 80 --cidr 0.0.0.0/0',
      does: 'Adds an inbound rule: TCP port 80 from every IPv4 address. It holds from the next packet on.',
      olderPages: 'Nothing.',
      currentCli: 'Return: true and SecurityGroupRules, the new rule with its id sgr-….',
      scenes: ['command-2-authorize'],
    },
    {
      kind: 'command',
      number: 3,
      line: 'aws ec2 describe-security-groups --group-ids sg-…',
      does: 'Shows the inbound rule in IpPermissions and the outbound rule in IpPermissionsEgress. Both are open to the world, so the connection is not tracked yet: answers leave by the outbound rule.',
      olderPages: 'The rule in IpPermissions and the rule for all traffic in IpPermissionsEgress.',
      currentCli: 'The same, with owner, VPC, SecurityGroupArn and the lists that are empty.',
      scenes: ['command-3-describe'],
    },
    {
      kind: 'command',
      number: 4,
      line: 'aws ec2 revoke-security-group-egress --group-id sg-… --protocol -1 --cidr 0.0.0.0/0',
      does: 'Takes the outbound rule away. Connections that are open at that moment are cut, because they were not tracked. New ones are tracked, and their answers leave by state.',
      olderPages: 'Nothing.',
      currentCli: 'Return: true and RevokedSecurityGroupRules, the rule that went.',
      scenes: ['command-4-revoke'],
    },
    {
      kind: 'command',
      number: 5,
      line: 'aws ec2 describe-security-groups --group-ids sg-…',
      does: 'Shows IpPermissionsEgress: []. Answers to admitted requests still leave. A new outbound connection does not.',
      olderPages: 'IpPermissionsEgress: [].',
      currentCli: 'The same.',
      scenes: ['command-5-describe-again'],
    },
  ],
  scenes: [
    'command-1-create',
    'command-2-authorize',
    'command-3-describe',
    'command-4-revoke',
    'command-5-describe-again',
  ],
  drills: ['five-commands'],
}
