resource "aws_organizations_policy" "guard" {
  name = "Guard"
  content = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "NoOutposts", Effect = "Deny", Action = "outposts:*", Resource = "*" },
      {
        Sid      = "NoVaults"
        Effect   = "Deny"
        Action   = "backup:CreateBackupVault"
        Resource = "*"
      },
    ]
  })
}
