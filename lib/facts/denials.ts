import { vaultContextKey } from "./kms.js";

/*
 * How AWS words a refusal, and how tools print it. Tables without logic; each row names where it is published. Phrases of
 * AWS's messages are written as AWS writes them: whoever matches them in a wrapped text takes the blanks out first.
 */

/**
 * The error names by which AWS refuses for lack of rights.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/CommonErrors.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (UnauthorizedOperation)
 */
export const denialNames: ReadonlySet<string> = new Set([
  "AccessDenied",
  "AccessDeniedException",
  "UnauthorizedOperation",
  "NotAuthorized",
]);

/**
 * The policy types that AWS's access-denied messages name.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export const messagePolicyTypes = [
  "identity-based policy",
  "permissions boundary",
  "session policy",
  "service control policy",
  "resource control policy",
  "resource-based policy",
  "VPC endpoint policy",
  "role trust policy",
] as const;

/**
 * Names of failures that are no refusal for lack of rights, by which people's tools end; and the words of those that have no
 * name, with what they are called. Matched without blanks; group 1, where there is one, is the name.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/CommonErrors.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/API_ProgressEvent.html
 * @see https://github.com/boto/botocore botocore/exceptions.py
 * @see https://github.com/hashicorp/aws-sdk-go-base internal/awsconfig and errors.go
 * @see https://nodejs.org/api/errors.html#common-system-errors
 */
export const otherFailures: readonly (readonly [form: RegExp, told: string | null])[] = [
  [
    /(?:(?:Expired|Invalid)(?:Client)?Token(?:Id|Exception)?|UnrecognizedClientException|Invalid(?:AccessKeyId|IdentityToken|Grant|Signature|ParameterValue|Request|Arn)|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|AuthFailure|OptInRequired|SubscriptionRequired|Thrott(?:ling|led)(?:Exception)?|TooManyRequests|RequestLimitExceeded|RequestExpired|RequestTimeTooSkewed|ValidationException|AlreadyExists|MissingParameterValue|(?:Service)?(?:Limit|Quota)Exceeded|ServiceUnavailable|Internal(?:Failure|Server(?:Error)?)|ResourceNotFoundException|DependencyFailure|KMSInvalidState|NoCredentialProviders|(?:CredentialsProvider|TokenProvider|NoCredentials|PartialCredentials|EndpointConnection|ConnectTimeout|ReadTimeout|ProxyConnection|ParamValidation|NoRegion)Error)(?:Exception)?/g,
    null,
  ],
  [/HandlerErrorCode:(?!AccessDenied|Unauthorized|InvalidCredentials)([A-Z]\w{1,60})/g, null],
  [
    /(?:Unabletolo(?:cate|ad)credentials|Novalidcredentialsources?found|Couldnotloadcredentials|FailedtoresolveAWScredentials|Nocredentialsspecified|signrequestwithoutcredentials|CredentialsNotLoaded|MissingCredentialsError|CredentialsException)/gi,
    "no credentials",
  ],
  [
    /(?:Tokenhasexpiredandrefreshfailed|SSOsessionassociatedwiththisprofilehasexpired|ErrorloadingSSOToken|refreshcachedSSOtokenfailed)/gi,
    "an expired SSO session",
  ],
  [/Theconfigprofile\([^()]{1,120}\)couldnotbefound/gi, "a profile that is not configured"],
  [/(?:Youmustspecifyaregion|Noregionspecified|MissingRegionError)/gi, "no Region"],
  [
    /(?:SSLvalidationfailed|x509:certificate|CERTIFICATE_VERIFY_FAILED|unabletoverifythefirstcertificate)/gi,
    "a certificate that is not trusted",
  ],
  [
    /(?:CouldnotconnecttotheendpointURL|(?:Connect|Read)timeoutonendpointURL|FailedtoconnecttoproxyURL|nosuchhost|connectionrefused|Couldnotresolvehost|Nameorservicenotknown|UnknownHostException|NameResolutionFailure|NetworkingError|i\/otimeout|contextdeadlineexceeded|E(?:NOTFOUND|AI_AGAIN|TIMEDOUT|CONNREFUSED|CONNRESET))/gi,
    "a network failure",
  ],
];

/**
 * How a tool names an error's code right before AWS's words; group 1 is the code. Matched without blanks.
 *
 * @see https://github.com/boto/botocore botocore/exceptions.py, ClientError.MSG_TEMPLATE
 * @see https://github.com/aws/smithy-go errors.go, GenericAPIError
 */
export const errorCodes =
  /(?:Anerroroccurred\((\w{1,80})\)when|apierror(\w{1,80}):|RequestID:[\w-]{1,60},([A-Z]\w{1,60}(?:Exception|Error)):)/g;

/** A path of packages before an error's class. */
export const foreignClass = /(?:[A-Za-z_]\w{0,60}\.){2,12}$/;

/** The place in a program's file where it failed, before the error's class alone, as pytest prints it. */
export const raisedAt = /\.\w{1,5}:\d{1,6}:$/;

/**
 * Names of failures that say that credentials are missing, wrong or over, of AWS and of the SDK's providers, with what to
 * do about them; matched against the name with AWS's words behind it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 * @see https://github.com/smithy-lang/smithy-typescript packages/property-provider
 * @see https://docs.aws.amazon.com/cli/latest/reference/configure/export-credentials.html
 */
export const credentialFailures: readonly (readonly [name: RegExp, remedy: string])[] = [
  [
    /^RequestTimeTooSkewed\b|\bSignature (?:not yet current|expired)\b/i,
    "The clock of the machine that signed is wrong: set it; AWS takes a signature for five minutes.",
  ],
  [
    /^(?:ExpiredToken(?:Exception)?|RequestExpired|TokenProviderError)\b|\bexpired\b/i,
    "The session is over: sign in again (aws sso login, or whatever gives you credentials).",
  ],
  [
    /\brequires? multi-factor authentication\b/i,
    "Its code is not asked for here: give credentials of a session, as aws configure export-credentials --profile NAME --format env prints them.",
  ],
  [
    /\bSSO session\b.*\binvalid\b|\brefresh this SSO session\b/i,
    "The session is over, or was never begun: sign in (aws sso login --profile NAME).",
  ],
  [
    /^CredentialsProviderError: .*(?:\bcredential_process returned\b|: Command failed: )/,
    "The profile's credential_process gives none: run its command by itself to see why.",
  ],
  [
    /\bCould not resolve credentials using profile\b/,
    "There is no such profile, or it has no credentials: aws configure list-profiles tells which there are.",
  ],
  [
    /^CredentialsProviderError: profile [^:]{1,200}: /,
    "Look at this profile in AWS's configuration file, ~/.aws/config.",
  ],
  [
    /^(?:CredentialsProviderError|ProviderError|NoCredentialProviders|NoCredentialsError|PartialCredentialsError|no credentials)\b/,
    "There are no credentials: name a profile with --profile NAME, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  ],
  [
    /^(?:InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignature|AuthFailure)\b/,
    "AWS does not know these credentials: they are mistyped, deleted, or of another partition.",
  ],
];

/**
 * What stands before each line of a log, a box or a quotation; taken off again and again from the line's beginning.
 * Each is bounded, so that a line of any length costs the same.
 */
export const linePrefixes: readonly RegExp[] = [
  // Terraform's and OpenTofu's boxes (https://github.com/hashicorp/terraform internal/command/views/json/diagnostic.go,
  // internal/command/format/diagnostic.go), Markdown's quotations, aws-nuke's marks.
  /^["'`]?\\?[│┃|╎║]\\? ?/,
  /^["'`](?=[╷╵])/,
  /^[>+!]{1,3} /,
  // TeamCity's, with a message's kind (https://www.jetbrains.com/help/teamcity/service-messages.html).
  /^\[\d\d:\d\d:\d\d\] ?[A-Za-z]? ?:\s{1,4}(?:\[[^\]\n]{1,80}\] ?)?/,
  // A time stamp, as CI services and loggers print it: with or without a date, a fraction, a zone, in brackets or not.
  /^[[(]?(?:(?:\d{4}[-/]\d\d[-/]\d\d|\d\d[-/.]\d\d[-/.]\d{4})[T _])?\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?: ?[AaPp][Mm])?(?:Z| ?UTC| ?[+-]\d\d:?\d\d)?[\])]?(?=\s|$|[|:])[|:]? ?/,
  // GitLab's stream marks after the time (https://docs.gitlab.com/ci/jobs/job_logs/).
  /^\d\d[OE](?:\+|\s|$)/,
  // Levels and streams of loggers; Azure Pipelines' and GitHub's commands.
  // Kubernetes's runtimes besides tell whether the line is whole.
  /^(?:stdout|stderr) [FP](?: |$)/,
  /^(?:ERROR|ERRO|WARN|WARNING|INFO|DEBUG|TRACE|FATAL|STDERR|STDOUT|stderr|stdout)\b(?:\[\d{1,6}\])?:?(?:\s+|$)/,
  /^##\[[\w-]{1,20}\] ?/,
  /^::(?:error|warning|notice|debug|group|endgroup)(?: [^:\n]{0,100})?::/,
  // The fields of logfmt (https://brandur.org/logfmt), and what they lead to.
  /^(?:time(?:stamp)?|ts|level|lvl|severity|logger|caller|module|component|stream|pid|host(?:name)?)=(?:"[^"\n]{0,120}"|[^\s"]{1,120})(?=\s|$) ?/,
  /^(?:msg|message)="?/,
  // npm, and pytest's mark of an error's lines.
  /^npm (?:ERR!|error|WARN|warn)(?=\s|$) ?/,
  /^E {3,12}(?=\S)/,
  // Octopus Deploy (https://octopus.com/docs/support/get-the-raw-output-from-a-task).
  /^(?:Error|Fatal|Info|Warning|Verbose) {1,8}\| {0,8}/,
  // The number of a line, as `cat -n` and editors print it.
  /^\d{1,6}(?:\t| {2})/,
  // BuildKit (https://github.com/moby/buildkit util/progress/progressui/printer.go), Google Cloud Build.
  /^#\d{1,4} \d{1,6}\.\d{1,3} /,
  /^Step #\d{1,3}(?: - "[^"\n]{1,60}")?: /,
  // A name in brackets, as Jenkins, Maven and Docker print it.
  /^\[[^\]\n]{0,60}\](?=\s|$) ?/,
  // "service  | " of Docker Compose; "job<TAB>step<TAB>" of `gh run view --log`.
  /^[\w./-]{1,40}[-_]\d{1,3} {1,20}\| /,
  /^[^\t\n]{1,80}\t[^\t\n]{1,80}\t(?=\d{4}-\d\d-\d\dT)/,
  // Terragrunt (https://terragrunt.gruntwork.io/docs/reference/logging/), Terraform's logs, syslog.
  /^(?:terraform|tofu): /,
  /^[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,8}\])?: /,
];

/**
 * Marks that stand before every line of a text, or before none; group 1 is the mark, or the line's number. Those of YAML's
 * and Markdown's lists, of quotations, of comments, and the numbers that editors, diffs and pages put before lines.
 */
export const lineMarks: readonly RegExp[] = [
  /^\s{0,8}([-*•–;#]|\/\/|\.{3}|>{1,3}|[│┃|║]|\$>)(?:\s|$)/,
  /^\s{0,8}(>)/,
  /^\s{0,8}L?(\d{1,6}) {0,2}(?:[:|│.)→>]|\s|$) ?/,
];

/** So long is what a log puts before a line, and these are no words of it but of what it tells. */
export const longestHead = 120;
export const headWords =
  /\berrors?: |(?:error|err|fatal|warn|info)(?=\W+(?:occurred|executing))|(?<![a-z])(?:denied|exception|user|arn:|operation|creat|insuff|privilege|account|authori[sz]|perform|resource|action|service|polic|deny|boundary|backup|vault|kms|request|status|response|reason|code|message|source|cause|AWS::)|exception|_FAILED|["'{$]/i;
export const headSentence = /(?<![\w.])[a-z]+ [a-z]+(?![\w.[-])/;

/** A speech balloon, as cowsay draws it, whose sides are not of one sign; group 1 is what stands in it, with the sides. */
export const balloon = /^ {0,8}_{3,} *\n((?: {0,8}[/|\\<(] .* [\\|/>)] *\n)+) {0,8}-{3,} *$/gm;

/** The upper or lower side of a box, or a line within it: no wider line of a text. */
export const boxEdge = /^[+╭┌╔┏╰└╚┗├╟╠┣][-=─━═╌┄+┬┴┼╤╧╪╮┐╗┓╯┘╝┛┤╢╣┫]+$/;

/**
 * What stands where a text was cut off, as Guzzle, and with it the SDK for PHP, cuts an answer's body behind 120 characters.
 *
 * @see https://github.com/guzzle/guzzle src/BodySummarizer.php, https://github.com/guzzle/psr7 src/Message.php, bodySummary
 */
export const cutOff = /^(?:\.{3}|…|[([<]truncated)/i;

/** A line that parts what is above it from what is below. */
export const rule = /^([-=*_~#])\1{2,}$/;

/**
 * The sides of a box, read as another character set than they were written in: those of Windows's consoles (437, 850),
 * of Windows itself (1252), and of whoever had none for them.
 *
 * @see https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT
 * @see https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT
 */
export const misreadBoxes: readonly (readonly [misread: RegExp, line: string])[] = [
  [/Γöé|Ôöé|â(?:”|\u0094)(?:‚|\u0082)|^[?\uFFFD](?= )/gm, "│"],
  [/Γò╖|Ôò[À╖]|â(?:•|\u0095)·/g, "╷"],
  [/Γò╡|Ôò[Á╡]|â(?:•|\u0095)µ/g, "╵"],
];

/**
 * A tag of HTML's that is no word of a text's, and a character as HTML writes it, group 1 its name, also escaped twice.
 *
 * @see https://html.spec.whatwg.org/multipage/named-characters.html
 */
export const htmlTag =
  /<\/?(?:a|b|blockquote|body|code|dd|div|dl|dt|em|font|h[1-6]|html|i|kbd|li|main|mark|ol|p|pre|s|samp|section|small|span|strong|t(?:able|body|d|foot|h|head|r|t)|u|ul|wbr)(?: [^<>\n]{0,200})?>/gi;
export const htmlCharacter = /&(?:amp;){0,3}(#x?[0-9a-f]{1,6}|[a-z]{2,7});/gi;
export const htmlNames: ReadonlyMap<string, string> = new Map([
  ["quot", '"'],
  ["apos", "'"],
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["nbsp", " "],
  ["shy", "\u00AD"],
  ["zwj", "\u200D"],
  ["zwnj", "\u200C"],
  ["lrm", "\u200E"],
  ["rlm", "\u200F"],
  ["ensp", " "],
  ["emsp", " "],
  ["thinsp", " "],
  ["tab", "\t"],
  ["newline", "\n"],
  ["colon", ":"],
  ["semi", ";"],
  ["comma", ","],
  ["period", "."],
  ["sol", "/"],
  ["bsol", "\\"],
  ["lowbar", "_"],
  ["equals", "="],
  ["plus", "+"],
  ["ast", "*"],
  ["commat", "@"],
  ["num", "#"],
  ["lpar", "("],
  ["rpar", ")"],
  ["lsqb", "["],
  ["rsqb", "]"],
  ["lcub", "{"],
  ["rcub", "}"],
]);

/** Where one report of a tool ends and the next begins; matched at the beginning of a line. */
export const reportStarts =
  /^(?:╷|╵|Error:|error:|fatal: \[|failed: \[|Caused by:|Exception in thread |Unhandled exception|Traceback|={3}|❌|✖|-{5}|\$ |[-*•] (?!because|with an)|[1-9]\d{0,2}[.)] (?!\())/;

/** The end of an error's report, in a program's own words: a frame of its stack, or the object that Node.js prints it as. */
export const stackEnds = /^(?:at |\.{3} \d+ more|[}\])]+;?$)/;

/** An error's class, at the beginning of a line: behind the end of a report it begins the next one. */
export const errorClass = /^(?!\.)[\w.$]{0,120}(?:Exception|Error)\b/;

/**
 * The state of a resource in CloudFormation's events, which begins an event's text.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const stackStates = /(CREATE|UPDATE|DELETE|IMPORT|ROLLBACK|UPDATE_ROLLBACK)_(?:FAILED|COMPLETE|IN_PROGRESS)/g;

/**
 * How tools name the operation that was refused; group 1 is the operation. The texts are matched without blanks and
 * quotes, since a line may have been broken anywhere; some up to where the refusal begins.
 */
export const operationForms: readonly { tool: string; source: string; form: RegExp; isBefore?: true }[] = [
  {
    tool: "AWS CLI 1 and 2, boto3, Ansible, SAM",
    source: "https://github.com/boto/botocore botocore/exceptions.py, ClientError.MSG_TEMPLATE",
    form: /whencallingthe([A-Z][A-Za-z0-9]{1,80}?)operation/dg,
  },
  {
    tool: "SDK for Go v2, Terraform, OpenTofu, Pulumi",
    source: "https://github.com/aws/smithy-go errors.go, OperationError.Error",
    form: /operationerror[A-Za-z0-9]{1,60}:([A-Z][A-Za-z0-9]{1,80}),/dg,
  },
  {
    tool: "SDK for PHP",
    source: "https://github.com/aws/aws-sdk-php src/WrappedHttpHandler.php",
    form: /Errorexecuting([A-Z][A-Za-z0-9]{1,80})on/dg,
  },
  {
    tool: "SDK for JavaScript v3",
    source: "https://github.com/aws/aws-sdk-js-v3 clients/client-backup/src/protocols/Aws_restJson1.ts, before 3.900",
    form: /(?:de_|deserializeAws_(?:restXml|restJson1|json1_[01]|query|ec2))([A-Z][A-Za-z0-9]{1,80}?)CommandError/dg,
  },
  {
    tool: "SDKs for Java 1 and 2",
    source: "https://github.com/aws/aws-sdk-java-v2, generated DefaultBackupClient",
    form: /(?:AWS|Amazon|Default)[A-Za-z0-9]{1,40}?Client\.(?:execute(?=[A-Z]))?(?!(?:do|anonymous)?[Ii]nvoke\()([A-Za-z][A-Za-z0-9]{1,80})\(/dg,
  },
  {
    tool: "SDK for .NET, Tools for PowerShell",
    source: "https://github.com/aws/aws-sdk-net, generated AmazonBackupClient",
    form: /Amazon[A-Za-z0-9]{1,40}?Client\.([A-Z][A-Za-z0-9]{1,80}?)(?:Async)?\(/dg,
  },
  {
    tool: "SDK for Rust",
    source: "https://github.com/awslabs/aws-sdk-rust sdk/backup/src/operation/create_backup_vault.rs",
    form: /([A-Z][A-Za-z0-9]{1,80}?)Error(?:::Unhandled|\(Unhandled)/dg,
  },
  {
    tool: "SDK for Kotlin",
    source: "https://github.com/aws/aws-sdk-kotlin, generated OperationDeserializer.kt",
    form: /OperationDeserializerKt\.throw([A-Z][A-Za-z0-9]{1,80}?)Error\(/dg,
  },
  {
    tool: "SDK for Ruby: a frame of its stack",
    source: "https://github.com/aws/aws-sdk-ruby, generated client.rb",
    form: /(?:client\.rb:\d{1,6}:in|Client#)([a-z][a-z_]{2,80})/dg,
  },
  {
    tool: "CloudFormation's older resources",
    source: "https://github.com/aws/aws-parallelcluster/issues/372, https://github.com/aws/aws-cli/issues/4826",
    form: /API:[a-z0-9-]{1,40}:([A-Za-z][A-Za-z0-9]{1,80}?)(?=User:|[^A-Za-z0-9]|$)/dg,
  },
  {
    tool: "AWS Step Functions",
    source: "https://docs.aws.amazon.com/step-functions/latest/apireference/API_TaskFailedEventDetails.html",
    form: /aws-sdk:[a-z0-9]{2,40}(?:[:.]|,?resource:)([a-z][A-Za-z0-9]{1,80})/dg,
  },
  {
    tool: "rows of CloudTrail's, and whoever retells one: the operation right before the refusal",
    source:
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html (event name, error code)",
    isBefore: true,
    form: /(?<!(?:kms|iam):)((?:Create|Put|Delete|Get|List|Describe|Update|Start|Assume|Run|Head)[A-Z][A-Za-z0-9]{2,60}?)(?:Command|Request|operation|call)?(?:failed)?(?:with)?[:,;|-]?$/dg,
  },
  {
    tool: "LocalStack",
    source: "https://github.com/localstack/localstack localstack-core/localstack/aws/handlers/logging.py",
    form: /AWS[a-z0-9-]{2,40}\.([A-Z][A-Za-z0-9]{1,80}?)=>?\d{3}\(/dg,
  },
  {
    tool: "CloudTrail, printed",
    source:
      "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
    form: /eventName:([A-Z][A-Za-z0-9]{1,80})/dg,
  },
];

/**
 * How AWS Backup's refusal is told where the error has a number, S3's name or CloudTrail's for it: 403 without a type, as
 * the SDKs print it; and what the events of VPC endpoints say. Matched without blanks; group 1 is the name.
 */
export const untypedRefusals: readonly { source: string; form: RegExp }[] = [
  {
    source: "https://github.com/boto/botocore botocore/parsers.py, _do_error_parse",
    form: /Anerroroccurred\((403|Forbidden(?:Exception)?)\)when/dg,
  },
  {
    source: "https://github.com/aws/aws-sdk-go-v2 service/s3/deserializers.go (HeadObject)",
    form: /StatusCode:403,[\s\S]{0,200}?apierror(Forbidden(?:Exception)?|UnknownError):/dg,
  },
  {
    source: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-network-events-with-cloudtrail.html",
    form: /errorCode:(VpceAccessDenied)/dg,
  },
];

/**
 * How tools name the service whose client was refused; group 1 is the service. Matched without blanks and quotes. Where it
 * is another than AWS Backup, the call was made to it, and is none of those that AWS Backup forwards.
 */
export const clientForms: readonly { tool: string; source: string; form: RegExp }[] = [
  {
    tool: "SDKs for Java 1 and 2, AWS Step Functions",
    source: "https://github.com/aws/aws-sdk-java-v2 core/aws-core AwsServiceException.getMessage",
    form: /\(Service:(?:AWS|Amazon)?([A-Za-z]{1,40});?,?StatusCode:/g,
  },
  {
    tool: "SDK for Java 2",
    source: "https://github.com/aws/aws-sdk-java-v2, generated packages",
    form: /awssdk\.services\.([a-z0-9]{1,40})\.model\./g,
  },
  {
    tool: "SDK for Kotlin",
    source: "https://github.com/aws/aws-sdk-kotlin, generated packages",
    form: /aws\.sdk\.kotlin\.services\.([a-z0-9]{1,40})\./g,
  },
  {
    tool: "SDK for Ruby",
    source: "https://github.com/aws/aws-sdk-ruby, generated errors.rb",
    form: /Aws::([A-Za-z0-9]{1,40})::Errors::/g,
  },
  {
    tool: "Amazon S3, whose errors alone name a host",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (HostId)",
    form: /[,<](HostI[Dd]|hostid)[:>]/g,
  },
  {
    tool: "AWS Step Functions",
    source: "https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html",
    form: /Error:([A-Z][A-Za-z0-9]{1,40})\.[A-Z][A-Za-z0-9]{1,60}Exception/g,
  },
  {
    tool: "SDK for JavaScript v3",
    source: "https://github.com/aws/aws-sdk-js-v3 packages-internal and clients",
    form: /@aws-sdk\/client-([a-z0-9-]{1,40})\//g,
  },
  {
    tool: "SDK for JavaScript v3",
    source: "https://github.com/aws/aws-sdk-js-v3 clients",
    form: /([A-Z][A-Za-z0-9]{1,40})Client\.send\(/g,
  },
  {
    tool: "SDK for .NET",
    source: "https://github.com/aws/aws-sdk-net, generated exceptions",
    form: /Amazon\.([A-Za-z0-9]{1,40})\.Amazon[A-Za-z0-9]{1,60}Exception/g,
  },
  {
    tool: "services whose errors are faults: AWS Backup's are exceptions",
    source:
      "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html (KMSKeyNotAccessibleFault)",
    form: /([A-Za-z]{3,60})Fault:User:/g,
  },
  {
    tool: "Tools for PowerShell",
    source: "https://docs.aws.amazon.com/powershell/v5/reference/items/KeyManagementService_cmdlets.html",
    form: /(?:New|Get|Set|Remove|Add|Write|Update|Enable|Disable|Revoke|Invoke|Protect|Unprotect)-(BAK|KMS|IAM|S3|STS)[A-Za-z]{0,60}:/g,
  },
];

/**
 * How tools tell that a vault was made; group 1 is its name. Matched without blanks and quotes.
 *
 * @see https://github.com/hashicorp/terraform internal/command/views/hook_ui.go (Creation complete after)
 * @see https://docs.aws.amazon.com/cli/latest/reference/backup/create-backup-vault.html (output)
 */
export const vaultMade: readonly RegExp[] = [
  /aws_backup_vault\.[\w.[\]-]{1,120}:Creationcompleteafter\w{1,20}\[id=([\w-]{2,50})\]/g,
  /BackupVaultArn:arn:[\w-]{1,20}:backup:[\w-]{1,30}:\d{12}:backup-vault:([\w-]{2,50}?),?CreationDate:/g,
];

/** AWS Backup among them. */
export const backupClient = /^(?:backup|bak)$/i;

/**
 * What Terraform's AWS provider does where it names no operation, as before version 5.40; without blanks, in small letters.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws internal/service/backup/vault.go, vault_policy.go,
 *   vault_lock_configuration.go, vault_notifications.go, logically_air_gapped_vault.go
 */
export const terraformDoings: readonly (readonly [phrase: string, operation: string])[] = [
  ["creatingbackupvaultlockconfiguration", "PutBackupVaultLockConfiguration"],
  ["deletingbackupvaultlockconfiguration", "DeleteBackupVaultLockConfiguration"],
  ["creatingbackupvaultnotifications", "PutBackupVaultNotifications"],
  ["deletingbackupvaultnotifications", "DeleteBackupVaultNotifications"],
  ["creatingbackupvaultpolicy", "PutBackupVaultAccessPolicy"],
  ["deletingbackupvaultpolicy", "DeleteBackupVaultAccessPolicy"],
  ["creatingbackuplogicallyairgappedvault", "CreateLogicallyAirGappedBackupVault"],
  ["creatingbackupvault", "CreateBackupVault"],
  ["creatingbackupdefaultvault", "CreateBackupVault"],
  ["readingbackupvault", "DescribeBackupVault"],
  ["updatingbackupvaultpolicy", "PutBackupVaultAccessPolicy"],
  ["updatingbackupvaultlockconfiguration", "PutBackupVaultLockConfiguration"],
  ["updatingbackupvaultnotifications", "PutBackupVaultNotifications"],
  ["updatingbackupvault", "TagResource"],
  ["updatingtagsforbackupvault", "TagResource"],
  ["listingtagsforbackupvault", "ListTags"],
  ["deletingbackupvault", "DeleteBackupVault"],
];

/**
 * AWS's messages that name no action and yet are of one operation, and a command that is one; without blanks, in small letters.
 *
 * @see https://docs.aws.amazon.com/powershell/v5/reference/items/New-BAKBackupVault.html
 * @see https://repost.aws/knowledge-center/backup-resolve-access-denied-error
 * @see https://github.com/ansible-collections/amazon.aws plugins/modules/backup_vault.py
 */
export const messageOperations: readonly (readonly [phrase: string, operation: string])[] = [
  ["accessdeniedtryingtocallawsbackupservice", "StartCopyJob"],
  ["accessdeniedtryingtodescribebackupvault", "DescribeBackupVault"],
  ["new-bakbackupvault", "CreateBackupVault"],
];

/** Types under which tools know a backup vault: their creation is CreateBackupVault, whatever the tool's own call. */
export const vaultTypes: readonly { tool: string; source: string; type: RegExp; making: RegExp | null }[] = [
  {
    tool: "CloudFormation, CDK, SAM, Serverless, StackSets",
    source:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html",
    type: /AWS::Backup::BackupVault/i,
    making: /CREATE_FAILED|Operation:CREATE/,
  },
  {
    tool: "Terraform's and OpenTofu's awscc provider",
    source: "https://github.com/hashicorp/terraform-provider-awscc internal/errs/diag, ServiceOperationWaiterErrorDiag",
    type: /awscc_backup_backup_vault/i,
    making: /CreateResource/,
  },
  {
    tool: "Pulumi's AWS Cloud Control provider",
    source: "https://github.com/pulumi/pulumi-aws-native provider/pkg/client, operation CREATE failed",
    type: /aws-native:backup:BackupVault/i,
    making: /operationCREATEfailed|creating/i,
  },
  {
    tool: "Terraform's and OpenTofu's AWS provider",
    source: "https://github.com/hashicorp/terraform-provider-aws internal/service/backup/vault.go",
    type: /aws_backup_vault\./i,
    making: null,
  },
];

/**
 * Something else that was made when it was refused, by the type that a tool has for it; matched without blanks and quotes.
 */
export const otherTypes: readonly RegExp[] = [
  /AWS::(?!Backup::BackupVault|CloudFormation::Stack)[A-Za-z0-9]{2,40}::[A-Z]/,
  /(?:^|[^\w]|with)(?:aws|awscc)_(?!backup_vault\.|backup_backup_vault\.)[a-z0-9_]{2,60}\.[a-zA-Z_]/,
  /(?:^|[^a-z0-9])(?!backup\.)[a-z0-9]{2,40}\.aws\.(?:m\.)?(?:upbound|crossplane)\.io/,
  /(?:^|[^\w])aws(?:-native)?:(?!backup:|cdk)[a-z0-9]{2,30}(?:\/[A-Za-z]{2,40})?:[A-Z]/,
];

/** An encryption context in a record of CloudTrail's, and the key by which it is a vault's. */
export const trailContext = /encryptionContext(?:Subset|Equals)?[:=](?!null)/;
export const vaultContext = new RegExp(`${vaultContextKey}(?![\\w-])`);

/**
 * What Terraform's AWS provider was doing where it names no operation; group 1 is what it did it to, without blanks.
 *
 * @see https://github.com/hashicorp/terraform-provider-aws internal/create/errors.go
 */
export const terraformSubjects =
  /(?:creating|reading|updating|deleting|attaching|putting|setting|modifying|listing)([A-Z][A-Za-z0-9-]{1,60}?)(?:\([^()]{0,200}\))?:/g;

/** A vault, among these. */
export const terraformVaultSubject = /^Backup(?:Default)?Vault$/i;

/** Operations beside CreateBackupVault that mount a capsule for a new vault, and whose refusals are worded alike. */
export const otherVaultCreations: ReadonlySet<string> = new Set([
  "CreateLogicallyAirGappedBackupVault",
  "CreateRestoreAccessBackupVault",
]);

/**
 * A vault's or a key's ARN, whatever stands behind it where a message ends.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export const wholeResource =
  /^arn:[\w-]*:(?:backup:[\w-]*:\d*:backup-vault:[\w-]{1,50}|kms:[\w-]*:\d*:key\/(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))/i;

/**
 * An ARN of a policy of Organizations that is whole, as AWS makes its ids.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_PolicySummary.html
 */
export const organizationsPolicy = /^arn:[\w-]*:organizations::\d{12}:policy\/o-[a-z0-9]{10,32}\/\w+\/p-[a-z0-9]{8}/;

/** A policy's ARN, as far as its name has begun, or the name alone. */
export const policyName = /^(?!arn:|a$|ar$|arn$).+|^arn:[^:]*:(?:iam|organizations):[^:]*:[^:]*:policy\/./;

/** An ARN that has only begun: parts are missing, or the policy's id. */
export const begunArn =
  /^arn(?::[^:]*){0,4}$|^arn:[\w-]*:organizations:(?!.*\/p-\w{8})|^arn:[\w-]*:iam::\d{12}:[a-z]*\/?$/;

/** A command of the AWS CLI as it was typed, at the beginning of a line. */
export const typedCommand = /^(?:\S{0,60}[$#%>+] ?|Run )?aws [a-z][a-z0-9-]{1,40} [a-z][a-z0-9-]{1,60}/;

/** A command of AWS Backup's as it was typed, without blanks; group 1 is its operation's. */
export const backupCommand = /awsbackup([a-z]{2,20}-[a-z-]{2,60}?)(?=--|$)/g;

/** A record of CloudTrail's. */
export const trailRecord = /eventName:[A-Z]/;

/** A record of CloudTrail's as an item of a list of YAML, at the beginning of a line. */
export const trailItem = /^- ["']?(?:event|error|user|aws|request|recipient|source)[A-Z]\w{1,30}["']?:/;

/** A call that AWS Backup made for the caller, as CloudTrail records it. */
export const forwardedByBackup = /(?:invokedBy|sourceIPAddress|userAgent):(?:backup\.amazonaws\.com|AWSInternal)/i;

/**
 * What holds the lines of a program's output each in an object of JSON: the line's name, and what else is beside it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilteredLogEvent.html
 * @see https://docs.docker.com/engine/logging/drivers/json-file/
 */
export const lineCarriers: readonly (readonly [line: string, beside: RegExp])[] = [
  ["message", /^(?:timestamp|ingestionTime|eventId|logStreamName)$/],
  ["log", /^(?:stream|time|attrs)$/],
];

/** Beside a line that a logger wrote: where one is the middle of something, they are lines of one output. */
export const loggedLine = /^(?:message|msg|log|line)$/;

/**
 * Where a vault's name, its Region and its key stand in what tools print; matched without blanks and quotes. What a policy
 * names as its Resource is no call's.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/backup/create-backup-vault.html
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html (PUT /backup-vaults/NAME)
 * @see https://docs.aws.amazon.com/general/latest/gr/bk.html (endpoints)
 */
export const detailForms = {
  principal: [/userIdentity[\s\S]{0,400}?arn:(arn:aws[a-z-]{0,12}:(?:sts|iam)::\d{12}:[\w+=,.@/-]{1,200})/dg],
  vault: [
    /(?<!Resource:\[?(?:arn:[^\],]{1,200},){0,20}arn:[\w-]{0,20}:backup:[\w-]{0,30}:\d{0,12}):backup-vault:([A-Za-z0-9_-]{2,50}?(?=Context:)|[A-Za-z0-9_-]{2,50})/dg,
    /creatingBackupVault\(([A-Za-z0-9_-]{2,50})\)/dgi,
    /backupVaultName[:=]([A-Za-z0-9_-]{2,50})/dgi,
    /--backup-vault-name[=,]?([A-Za-z0-9_-]{2,50})/dg,
    /-BackupVaultName([A-Za-z0-9_-]{2,50})/dg,
    /backup_vault_name[:=]([A-Za-z0-9_-]{2,50})/dgi,
    /\/backup-vaults\/([A-Za-z0-9_-]{2,50})/dg,
  ],
  region: [
    /(?<!Resource:\[?(?:arn:[^\],]{1,200},){0,20})arn:aws[a-z-]{0,12}:backup:([a-z]{2,}(?:-[a-z0-9]+){2,3}):/dg,
    /(?<![a-z]_)Region[:=]([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})/dgi,
    /--region[=,]?([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})/dg,
    /-Region([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})/dg,
    /AWS_(?:DEFAULT_)?REGION[:=]([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})/dg,
    /(?:\/\/|Host:)backup(?:-fips)?\.([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})\./dgi,
    /(?<!Resource:\[?(?:arn:[^\],]{1,200},){0,20})arn:aws[a-z-]{0,12}:kms:([a-z]{2,}(?:-[a-z0-9]+){2,3}):/dg,
    /onresource:arn:aws[a-z-]{0,12}:[a-z0-9-]{2,40}:([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2}):/dg,
    /arn:aws[a-z-]{0,12}:cloudformation:([a-z]{2,}(?:-[a-z0-9]+){2,3}):/dg,
    /cloudformation\/home\?region=([a-z]{2,}(?:-[a-z]+){1,2}-\d{1,2})/dg,
  ],
  key: [
    /encryptionKeyArn[:=](arn:aws[a-z-]{0,12}:kms:[a-z0-9-]{1,30}:\d{12}:(?:key\/(?:mrk-)?[0-9a-f-]{1,36}|alias\/[A-Za-z0-9_/-]{1,256}))/dgi,
    /--encryption-key-arn[=,]?(arn:aws[a-z-]{0,12}:kms:[a-z0-9-]{1,30}:\d{12}:(?:key\/(?:mrk-)?[0-9a-f-]{1,36}|alias\/[A-Za-z0-9_/-]{1,256}))/dgi,
    /kms_key_arn[:=](arn:aws[a-z-]{0,12}:kms:[a-z0-9-]{1,30}:\d{12}:(?:key\/(?:mrk-)?[0-9a-f-]{1,36}|alias\/[A-Za-z0-9_/-]{1,256}))/dgi,
  ],
  /** The account of a stack set's instance, and of a row of CloudTrail's. */
  account: [/(?:^|[^A-Za-z]|_FAILED)Account:(\d{12})(?!\d)/dg, /callerAccount:(\d{12})(?!\d)/dg],
  /** The console's column "User name". */
  userName: [/callerName:([\w+=,.@-]{1,64})/dg],
  /** Of CloudTrail's own record of the call. */
  eventId: [/eventID:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/dg],
  requestId: [/request-?id[:=]?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/dgi],
} as const;

/**
 * The first line of a table of CloudTrail's events: it has the events' names and their errors, and asks for nothing.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-console.html (download as CSV)
 * @see https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-understanding.html
 */
export const trailTable =
  /^(?=[^\n]{0,2000}\bevent[ _]?name\b)(?=[^\n]{0,2000}\berror[ _]?(?:code|message)\b)(?![^\n]{0,2000}\bselect\b)[^\n{}]{0,3000}$/gim;

/**
 * What stands above each row of a table that is drawn upright, by psql and Steampipe, and by MySQL.
 *
 * @see https://www.postgresql.org/docs/current/app-psql.html (expanded)
 * @see https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html (ego)
 */
export const expandedRow = /^(?:-\[ RECORD \d{1,9} {1,2}\][-+]*|\*{3,40} \d{1,9}\. row \*{3,40})[^\S\n]*$/m;

/**
 * The columns of such tables, in small letters without blanks, as CloudTrail calls what they hold; `arn` and `callerName` are the caller's.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
export const trailColumns: ReadonlyMap<string, string> = new Map([
  ...[
    "eventName",
    "eventSource",
    "eventID",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "userIdentity",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "requestID",
    "invokedBy",
    "recipientAccountId",
    "resourceName",
    "resourceType",
  ].map((name): [string, string] => [name.toLowerCase(), name]),
  ["arn", "arn"],
  ["useridentityarn", "arn"],
  ["useridentityinvokedby", "invokedBy"],
  ["resources", "resourceName"],
  ["userarn", "arn"],
  ["username", "callerName"],
]);

/** Nobody's terminal is wider: a line that is, was not broken. */
export const widestTerminal = 250;

/** Few terminals are narrower: where a single word stands below one line that is, it is a line by itself. */
export const narrowTerminal = 80;

/** A word of a language, or a number: not the rest of a name, whose letters are of both cases. */
export const plainWord = /^(?:[A-Z]?[a-z]{3,}|[A-Z]{3,}|\d+)[.!:…]{0,3}$/;

/** An option of a command, at the beginning of a line. */
export const optionStart = /^(?:--[a-z]|-[A-Z][A-Za-z]{2,40} \S)/;

/** A principal right before the words, as people retell them. */
export const bareUser = /arn:aws[a-z-]{0,12}:(?:iam|sts)::\d{12}:[\w+=,.@/-]{1,200}$/;

/** A Region that is whole: what a broken line leaves of one has no number. */
export const wholeRegion = /^[a-z]{2,}(?:-[a-z]+)+-\d{1,2}$/;

/** A principal's ARN with its account, or with what stands for one that somebody hid. */
export const wholePrincipal =
  /^arn:[\w-]*:[\w-]*:[\w-]*:(?:\d{12}|(?!\d+:)[\w*•#.$-]*|<[^<>:]*>|\$?\{[^{}:]*\}|\[[^[\]:]*\]):[^:<>]+$/;

/** A principal's ARN, up to its account, which somebody hid, as CI services do with secrets. */
export const hiddenAccount = /^(arn:[^:]*:(?:iam|sts)::)(?!\d{12}:)[^:]*:/;

/** What stands before the name of a resource of IAM's where AWS gives no ARN; without blanks. */
export const resourceKind = /^(?:user|role|group|policy|instanceprofile)/;

/** A line that is no end of a name: a word by which logs and people end, or no word at all. */
export const lastWords =
  /^(?:aborted|bye|cancell?ed|completed?|done|end|eof|error|exit(?:ed|ing)?|fail(?:ed|ure|ing)?|false|finished|killed|logout|none|null|ok|quit|retry(?:ing)?|skipped|stopped|succeeded|success|terminated|thanks|true|undefined|warning)[.!:…]{0,3}$|^[^A-Za-z0-9*/.,:]+$/i;

/** What a log that was not wrapped has after a line, at the next one's beginning: such a line ends there. */
export const lineFollowers =
  /^(?:with|on|in|at|status|Error|error|exit|Exit|Process|make|npm|Terraform|Encoded|Caused|Traceback|During|File|Request|Go|The|User)\b/;

/** What a line begins with that may be a name's rest, and no word of a log. */
export const nameRest = /^(?=\w*[_./\d-])[\w+=,./-]+(?!:)[^@]$/;
