import { instanceOf, type Operation, timestamp } from "../context";

/** Describes an instance. */
export const describeInstance: Operation<{ InstanceId: string }> = (context, input) => {
  const { instanceId, arn, createdTime } = instanceOf(context, input);
  return {
    Instance: {
      Id: instanceId,
      Arn: arn,
      IdentityManagementType: "CONNECT_MANAGED",
      InstanceAlias: "emulated",
      CreatedTime: timestamp(createdTime),
      InstanceStatus: "ACTIVE",
      InboundCallsEnabled: true,
      OutboundCallsEnabled: true,
    },
  };
};
