function Read-Hidden([string]$question) {
  $secure = Read-Host -AsSecureString $question
  (New-Object Management.Automation.PSCredential 'x', $secure).GetNetworkCredential().Password
}
