import assert from "node:assert/strict";
import type { FaultRule, LoggedRequest } from "../../emulator/src";
import { inWords, patternInWords } from "../support/fronts";
import { type World, worldForEach } from "../support/world";

const FOREVER = Number.POSITIVE_INFINITY;

/** What the user reads about the evaluation, with what differs from run to run named. */
async function readable(
  w: World,
  failed: Promise<{ diagnostics: readonly string[]; output: string }>,
): Promise<string> {
  const { diagnostics, output } = await failed;
  assert.doesNotMatch(output, /\n\s+at /, "a stack trace");
  const names: [string, string][] = [
    [w.instanceId, "INSTANCE"],
    [w.contactA, "CONTACT"],
    [w.form, "FORM"],
    [w.emulator.url.replace("http://", ""), "ENDPOINT"],
  ];
  const text = diagnostics.filter((line) => line.startsWith("error: could not")).join("\n");
  return names
    .reduce((named, [value, name]) => named.replaceAll(value, name), text)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "TIME");
}

const START =
  "error: could not start an evaluation of contact CONTACT with evaluation form FORM in instance INSTANCE (eu-central-1)";

describe("a failed start tells what was attempted, why it failed and what to do", () => {
  const world = worldForEach();

  const upFails = (w: World) => readable(w, w.stack.upFails({ program: w.program("one") }));

  const answers: [string, FaultRule["fault"], string][] = [
    [
      "an internal error",
      { error: "InternalServiceException", message: "boom" },
      `why: Amazon Connect failed internally, also when tried again
  do:  run the command again later; if it stays, give the request id to AWS Support
  aws: InternalServiceException: boom (HTTP 500, request id ID)`,
    ],
    [
      "an invalid parameter",
      { error: "InvalidParameterException", message: "bad" },
      `why: Amazon Connect does not accept a value
  do:  correct the value that the answer names
  aws: InvalidParameterException: bad (HTTP 400, request id ID)`,
    ],
    [
      "a used-up quota",
      { error: "ServiceQuotaExceededException", message: "2000 a month" },
      `why: a quota of Amazon Connect is used up (an agent can be evaluated a limited number of times a month)
  do:  ask for a higher quota in Service Quotas, or wait for the next month; repeating the command does not help
  aws: ServiceQuotaExceededException: 2000 a month (HTTP 402, request id ID)`,
    ],
    [
      "a missing permission",
      { error: "AccessDeniedException", message: "User is not authorized to perform: connect:StartContactEvaluation" },
      `why: the caller's IAM policy does not allow this
  do:  allow the action that the answer names and, if a policy restricts tag keys (aws:TagKeys), the key pulumi-connect-evaluations, which every evaluation gets; a policy is at https://github.com/pulumi-connect-evaluations/pulumi-connect-evaluations/blob/main/docs/iam.md
  aws: AccessDeniedException: User is not authorized to perform: connect:StartContactEvaluation (HTTP 403, request id ID)`,
    ],
    [
      "expired credentials",
      { error: "ExpiredTokenException", message: "The security token included in the request is expired", status: 403 },
      `why: the AWS credentials have expired
  do:  renew them (with SSO: \`aws sso login\`) and run the command again; \`pulumi refresh\` and \`destroy\` use the keys that the last \`up\` recorded, unless they run with --run-program
  aws: ExpiredTokenException: The security token included in the request is expired (HTTP 403, request id ID)`,
    ],
    [
      "credentials that AWS does not know",
      {
        error: "UnrecognizedClientException",
        message: "The security token included in the request is invalid",
        status: 403,
      },
      `why: AWS does not accept the credentials
  do:  check them with \`aws sts get-caller-identity\`; this stack takes aws:accessKey, aws:profile, or the AWS environment
  aws: UnrecognizedClientException: The security token included in the request is invalid (HTTP 403, request id ID)`,
    ],
  ];
  it("for every answer that tells its cause itself", async () => {
    const w = world();
    const contacts = answers.map(() => w.emulator.addContact(w.instanceId).contactId);
    for (const [n, [, fault]] of answers.entries()) {
      const when = ({ input }: LoggedRequest) => input.ContactId === contacts[n];
      w.emulator.faults.add({ operation: "StartContactEvaluation", times: FOREVER, when, fault });
    }
    const program = async () => contacts.map((contactId, n) => w.declare(`e${n}`, { contactId })) && undefined;
    const text = await readable(w, w.stack.upFails({ program, continueOnError: true }));
    for (const [what, , message] of answers) {
      assert.ok(text.includes(`${START.replace("CONTACT", "ID")}\n  ${inWords(message)}`), `${what}:\n${text}`);
    }
    assert.equal(w.emulator.started, 0);
  });

  it("for a missing contact, form and instance, the cause and not the symptom", async () => {
    const w = world();
    const missing = async (args: object) => readable(w, w.stack.upFails({ program: w.program("one", args) }));
    assert.match(
      await missing({ contactId: "nobody" }),
      /why: contact nobody \(contacts are kept for 24 months\) does not exist in instance INSTANCE\n/,
    );
    assert.match(
      await missing({ evaluationFormId: "none" }),
      /why: evaluation form none does not exist in instance INSTANCE\n/,
    );
    assert.match(
      await missing({ instanceId: "none" }),
      /why: instance none does not exist in this account in Region eu-central-1\n/,
    );
  });

  for (const noActiveVersion of [
    "InvalidParameterException",
    "ResourceNotFoundException",
    "ResourceConflictException",
  ] as const) {
    it(`for a form without an active version, whichever error the service chooses (${noActiveVersion})`, async () => {
      const w = world();
      w.emulator.behaviour.noActiveVersion = noActiveVersion;
      const { evaluationFormId } = w.emulator.addEvaluationForm(w.instanceId, { activate: false });
      const text = await readable(w, w.stack.upFails({ program: w.program("one", { evaluationFormId }) }));
      assert.match(
        text,
        /why: evaluation form ID has no active version \(version 1 is a draft\)\n {2}do: {2}activate it: `aws connect activate-evaluation-form --instance-id INSTANCE/,
      );
      assert.ok(text.includes(noActiveVersion));
    });
  }

  it("for a second evaluation that the service refuses: what there is, and how to adopt it", async () => {
    const w = world();
    await w.stack.up({ program: w.program("one") });
    w.emulator.behaviour.secondEvaluation = "refused";
    const { arn } = w.only;
    const program = async () => void [w.declare("one"), w.declare("two")];
    const text = await readable(w, w.stack.upFails({ program }));
    assert.match(
      text,
      /why: Amazon Connect refuses another evaluation of this contact with this form; there is already:\n/,
    );
    assert.match(
      text,
      /\(DRAFT, created TIME, of another resource of this stack\)\n {2}do: {2}adopt it with the resource option/,
    );
    assert.equal(w.only.arn, arn);
  });

  it("for callers who may not find out more, with the service's own words", async () => {
    const w = world();
    const lookups = [
      "DescribeContact",
      "ListEvaluationFormVersions",
      "DescribeInstance",
      "ListContactEvaluations",
    ] as const;
    w.emulator.faults.add({ operation: [...lookups], times: FOREVER, fault: { error: "AccessDeniedException" } });
    const text = await readable(w, w.stack.upFails({ program: w.program("one", { contactId: "nobody" }) }));
    assert.match(
      text,
      /why: Amazon Connect does not know it in this account and Region\n[\s\S]*aws: ResourceNotFoundException: .*request id ID\)$/,
    );
  });

  it("for a proxy's page instead of an answer", async () => {
    const w = world();
    w.emulator.faults.add({ operation: "StartContactEvaluation", times: FOREVER, fault: { html: 502 } });
    assert.match(
      await upFails(w),
      /why: the answer is not Amazon Connect's: a proxy or a load balancer on the way answered\n/,
    );
  });

  it("for an endpoint that cannot be reached", async () => {
    const w = world();
    await w.stack.configure({ "aws:endpoints": '[{"connect":"http://127.0.0.1:1"}]' });
    assert.match(
      await upFails(w),
      patternInWords(
        /why: the endpoint cannot be reached\n {2}do: {2}check the network, aws:region and aws:endpoints\n/,
      ),
    );
  });

  it("for no Region and no credentials, each by itself", async () => {
    const w = world();
    const bare = { "aws:region": "", "aws:accessKey": "", "aws:secretKey": "" };
    await w.stack.configure({ ...bare, "aws:accessKey": "AKIATEST", "aws:secretKey": "emulated-secret-key" });
    const { diagnostics } = await w.stack.previewFails({ program: w.program("one") });
    assert.match(
      diagnostics.join("\n"),
      patternInWords(
        /region is missing: give the name of an AWS Region, or set the stack's aws:region \(`pulumi config set aws:region us-west-2`\)/,
      ),
    );
    assert.equal(w.emulator.calls(), 0);
    await w.stack.configure({ ...bare, "aws:region": "eu-central-1" });
    assert.match(await upFails(w), patternInWords(/why: no AWS credentials were found\n {2}do: {2}set aws:profile or/));
  });

  it("in both spellings of an error's text", async () => {
    const w = world();
    w.emulator.behaviour.errorMember = "message";
    const text = await readable(w, w.stack.upFails({ program: w.program("one", { contactId: "nobody" }) }));
    assert.match(text, /aws: ResourceNotFoundException: Contact nobody was not found/);
  });
});

describe("a start that is throttled for a while", () => {
  const world = worldForEach();

  it("succeeds when the throttling ends, and the service starts one evaluation", async () => {
    const w = world();
    w.emulator.faults.add({ operation: "StartContactEvaluation", times: 6, fault: { error: "ThrottlingException" } });
    await w.stack.up({ program: w.program("one") });
    assert.equal(w.emulator.started, 1);
    assert.equal(w.emulator.calls("StartContactEvaluation"), 7);
  });
});
