package import Tree

/// The aspects that the judge is offered for every query. Their names are the paper's, the
/// definitions are ours.
package enum AspectLibrary {
  package static let all: [Aspect] = [
    helpfulness, clarity, factuality, depth, engagement, conciseness, safety, compliance,
    limitations, criticalThinking, creativity, interactivity, empathy, sensitivity,
  ]

  /// What a response is judged by when the judge's choice stayed unreadable: aspects that make
  /// sense for a query of any kind.
  package static let defaultFive: [Aspect] = [helpfulness, clarity, factuality, depth, safety]

  private static let helpfulness = Aspect(
    name: "Helpfulness",
    definition: "The person gets what they came for: the answer meets the need behind the query "
      + "and can be used as it is.")
  private static let clarity = Aspect(
    name: "Clarity",
    definition: "Easy to follow at first reading: plain words, a sensible order, structure where "
      + "it helps the eye.")
  private static let factuality = Aspect(
    name: "Factuality",
    definition: "What is claimed is true and no more certain than it can be; nothing is made up.")
  private static let depth = Aspect(
    name: "Depth",
    definition: "Goes as far into the matter as the query deserves: reasons, mechanisms and "
      + "consequences rather than the surface.")
  private static let engagement = Aspect(
    name: "Engagement",
    definition: "Holds the reader's attention: a lively, natural tone that invites reading on.")
  private static let conciseness = Aspect(
    name: "Conciseness",
    definition: "No longer than its purpose needs: no padding, no repetition, the point early.")
  private static let safety = Aspect(
    name: "Safety",
    definition: "Gives no help toward hurting anyone, warns of real dangers, and points to a safe "
      + "way where there is one.")
  private static let compliance = Aspect(
    name: "Compliance",
    definition: "Keeps to what was asked, with the form, length and limits that the query sets, as "
      + "far as that does no harm.")
  private static let limitations = Aspect(
    name: "Limitations",
    definition: "Honest about what an assistant can't know or do: no live data, no acts in the "
      + "world, no feelings or experiences that it claims to have.")
  private static let criticalThinking = Aspect(
    name: "Critical-Thinking",
    definition: "Examines the question: checks its assumptions, weighs other views and reasons "
      + "step by step to what it concludes.")
  private static let creativity = Aspect(
    name: "Creativity",
    definition: "Original and vivid: ideas, images and turns that one would not have expected.")
  private static let interactivity = Aspect(
    name: "Interactivity",
    definition: "Treats the query as part of a conversation: asks back where something needed is "
      + "missing, and offers a next step.")
  private static let empathy = Aspect(
    name: "Empathy",
    definition: "Notices how the person may feel and answers with warmth, without preaching.")
  private static let sensitivity = Aspect(
    name: "Sensitivity",
    definition: "Careful with people, groups and painful subjects: respectful, free of "
      + "stereotypes, with tact.")
}
