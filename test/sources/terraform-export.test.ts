import { expect, test } from 'vitest'
import { inventoryOf } from '../../src/export/inventory.ts'
import { terraformOf } from '../../src/export/terraform.ts'
import { worldFromLines } from '../../src/import/world-lines.ts'

const world = worldFromLines(`
  prefix-list pl-offices 203.0.113.0/24
  group web ingress tcp 443 from 0.0.0.0/0
  group web ingress tcp 22 from pl-offices
  group web ingress icmp 8 from web
  group db ingress udp any from gone
  acl edge ingress 100 allow tcp 443 from 0.0.0.0/0
  subnet front 10.0.0.0/24 2001:db8:0:1::/64 acl edge
  interface a 10.0.0.5 10.0.0.6 2001:db8:0:1::5 in web subnet front public 203.0.113.80`)

test('a world as Terraform: what is in a VPC follows it, and what cannot be said is', () => {
  const { text, unsaid } = terraformOf(inventoryOf(world))
  expect(unsaid).toMatchInlineSnapshot(`
    [
      "The rule sgr-4 of sg-db is left out: its peer sg-gone is not of this world.",
      "the IPv6 block of vpc-1: AWS gives it another, which all that is in it follows.",
      "the address 203.0.113.80: AWS gives another.",
    ]
  `)
  expect(text.slice(text.indexOf('resource'))).toMatchInlineSnapshot(`
    "resource "aws_vpc" "vpc_1" {
      cidr_block                       = "10.0.0.0/16"
      enable_dns_support               = true
      enable_dns_hostnames             = false
      assign_generated_ipv6_cidr_block = true
    }

    resource "aws_internet_gateway" "gateway_1" {
      vpc_id = aws_vpc.vpc_1.id
    }

    resource "aws_subnet" "front_subnet" {
      vpc_id            = aws_vpc.vpc_1.id
      availability_zone = "us-east-1a"
      cidr_block        = "10.0.0.0/24"
      ipv6_cidr_block   = cidrsubnet(aws_vpc.vpc_1.ipv6_cidr_block, 8, 1)
    }

    resource "aws_network_acl" "edge_acl" {
      vpc_id     = aws_vpc.vpc_1.id
      subnet_ids = [aws_subnet.front_subnet.id]

      ingress {
        rule_no    = 100
        action     = "allow"
        protocol   = "6"
        cidr_block = "0.0.0.0/0"
        from_port  = 443
        to_port    = 443
      }
    }

    resource "aws_ec2_managed_prefix_list" "pl_offices_list" {
      name           = "pl-offices"
      address_family = "IPv4"
      max_entries    = 1000

      entry {
        cidr = "203.0.113.0/24"
      }
    }

    resource "aws_security_group" "db_group" {
      name        = "db"
      description = "db"
      vpc_id      = aws_vpc.vpc_1.id
    }

    resource "aws_security_group" "web_group" {
      name        = "web"
      description = "web"
      vpc_id      = aws_vpc.vpc_1.id
    }

    resource "aws_vpc_security_group_ingress_rule" "web_group_in_1" {
      security_group_id = aws_security_group.web_group.id
      ip_protocol       = "tcp"
      from_port         = 443
      to_port           = 443
      cidr_ipv4         = "0.0.0.0/0"
    }

    resource "aws_vpc_security_group_ingress_rule" "web_group_in_2" {
      security_group_id = aws_security_group.web_group.id
      ip_protocol       = "tcp"
      from_port         = 22
      to_port           = 22
      prefix_list_id    = aws_ec2_managed_prefix_list.pl_offices_list.id
    }

    resource "aws_vpc_security_group_ingress_rule" "web_group_in_3" {
      security_group_id            = aws_security_group.web_group.id
      ip_protocol                  = "icmp"
      from_port                    = 8
      to_port                      = -1
      referenced_security_group_id = aws_security_group.web_group.id
    }

    resource "aws_network_interface" "a_interface" {
      subnet_id               = aws_subnet.front_subnet.id
      description             = "a"
      private_ip_list_enabled = true
      private_ip_list         = ["10.0.0.5", "10.0.0.6"]
      ipv6_addresses          = [cidrhost(aws_vpc.vpc_1.ipv6_cidr_block, 18446744073709551621)]
      security_groups         = [aws_security_group.web_group.id]
      tags = {
        Name = "a"
      }
    }

    resource "aws_eip" "a_interface_address" {
      domain = "vpc"
    }

    resource "aws_eip_association" "a_interface_address" {
      allocation_id        = aws_eip.a_interface_address.id
      network_interface_id = aws_network_interface.a_interface.id
      private_ip_address   = "10.0.0.5"
      depends_on           = [aws_internet_gateway.gateway_1]
    }

    resource "aws_route_table" "main_table" {
      vpc_id = aws_vpc.vpc_1.id
    }

    resource "aws_route" "main_table_1" {
      route_table_id         = aws_route_table.main_table.id
      destination_cidr_block = "0.0.0.0/0"
      gateway_id             = aws_internet_gateway.gateway_1.id
    }

    resource "aws_route" "main_table_2" {
      route_table_id              = aws_route_table.main_table.id
      destination_ipv6_cidr_block = "::/0"
      gateway_id                  = aws_internet_gateway.gateway_1.id
    }

    resource "aws_route_table_association" "front_subnet" {
      route_table_id = aws_route_table.main_table.id
      subnet_id      = aws_subnet.front_subnet.id
    }
    "
  `)
})
