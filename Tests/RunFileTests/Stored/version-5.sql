PRAGMA application_id = 1165193324;
PRAGMA user_version = 5;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
INSERT INTO grdb_migrations VALUES('3');
INSERT INTO grdb_migrations VALUES('4');
INSERT INTO grdb_migrations VALUES('5');
CREATE TABLE run (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  created REAL NOT NULL,
  configuration TEXT NOT NULL,
  chain INTEGER NOT NULL
) STRICT;
INSERT INTO run VALUES(1,'af2583f548ae0991',1795282484.3983376025,'{"examples":[],"initialPrompt":"4d40d928299649a4f9b63bdd86cd0edd","library":[{"definition":"The person gets what they came for: the answer meets the need behind the query and can be used as it is.","name":"Helpfulness"},{"definition":"Easy to follow at first reading: plain words, a sensible order, structure where it helps the eye.","name":"Clarity"},{"definition":"What is claimed is true and no more certain than it can be; nothing is made up.","name":"Factuality"},{"definition":"Goes as far into the matter as the query deserves: reasons, mechanisms and consequences rather than the surface.","name":"Depth"},{"definition":"Gives no help toward hurting anyone, warns of real dangers, and points to a safe way where there is one.","name":"Safety"}],"models":{"base":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0},"judge":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0},"optimizer":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0.2,"topP":0.95}},"name":"winter-gorse","preset":"default","queries":["6fd0f69e06c0510824564057f5a6ba36","be664714fb83d5799cecd54a65053ec7"],"seed":3,"settings":{"actions":1,"beam":1,"depth":2,"examplesShown":0,"maxDepthIncrease":0,"unreadable":"unscored"}}',-2599763195472464809);
CREATE TABLE tail (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL,
  chain INTEGER NOT NULL,
  isOpen INTEGER NOT NULL
, calls INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO tail VALUES(1,24,-6892862569858551261,0,7);
CREATE TABLE event (
  ordinal INTEGER PRIMARY KEY,
  time REAL NOT NULL,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  chain INTEGER NOT NULL
) STRICT;
INSERT INTO event VALUES(0,1795282484.4247841835,'flight','{"flight":"started","node":"0000000000000000","step":"aspects","query":0}',-751972305736593861);
INSERT INTO event VALUES(1,1795282484.4247841835,'flight','{"flight":"started","node":"0000000000000000","step":"answer","query":0}',-8495351832649806741);
INSERT INTO event VALUES(2,1795282484.4247841835,'flight','{"flight":"started","node":"0000000000000000","step":"aspects","query":1}',7378294852118683734);
INSERT INTO event VALUES(3,1795282485.8332557677,'completion','{"node":"0000000000000000","step":"aspects","query":0,"aspects":[{"name":"Factuality","definition":"What is claimed is true and no more certain than it can be; nothing is made up."},{"name":"Depth","definition":"Goes as far into the matter as the query deserves: reasons, mechanisms and consequences rather than the surface."},{"name":"Engagement","definition":"Holds the reader''s attention: a lively, natural tone that invites reading on."},{"name":"Limitations","definition":"Honest about what an assistant can''t know or do: no live data, no acts in the world, no feelings or experiences that it claims to have."}],"reasoning":"e8837f86832b0c4133ea094c4b53e38e","origin":"judge","usage":{"input":748,"output":40,"requests":1,"seconds":1.404155704,"cost":0.0}}',2913813290779520865);
INSERT INTO event VALUES(4,1795282485.8568930625,'completion','{"node":"0000000000000000","step":"answer","query":0,"response":"e7972c7cfaee76e42024bb215076a621","examples":[],"usage":{"input":15,"output":90,"requests":1,"seconds":1.425888038,"cost":0.0}}',-7543505407800753043);
INSERT INTO event VALUES(5,1795282485.8568930625,'flight','{"flight":"started","node":"0000000000000000","step":"judgement","query":0}',6358450138871203185);
INSERT INTO event VALUES(6,1795282486.9106416701,'completion','{"node":"0000000000000000","step":"judgement","query":0,"scores":[{"aspect":"Factuality","value":3.0,"rationale":"9f9bcfbec16c140ee3bffdec88072ed8"},{"aspect":"Depth","value":4.0,"rationale":"9395c98f80761346f67098510cef1383"},{"aspect":"Engagement","value":4.0,"rationale":"b30ded8e9d14cccdac523ed821370f26"},{"aspect":"Limitations","value":3.0,"rationale":"be24df48c5e6f419e9975911fff4ec85"}],"usage":{"input":680,"output":86,"requests":1,"seconds":1.049807868,"cost":0.0}}',-917356198011293696);
INSERT INTO event VALUES(7,1795282486.9106416701,'decision','{"decision":"open","node":"0000000000000000","numbers":[1]}',-7035409536993961643);
INSERT INTO event VALUES(8,1795282486.9106416701,'flight','{"flight":"started","node":"9059b5f205e59d4b","step":"proposal","query":0}',-7231592850068608675);
INSERT INTO event VALUES(9,1795282487.3883461952,'completion','{"node":"0000000000000000","step":"aspects","query":1,"aspects":[{"name":"Factuality","definition":"What is claimed is true and no more certain than it can be; nothing is made up."},{"name":"Depth","definition":"Goes as far into the matter as the query deserves: reasons, mechanisms and consequences rather than the surface."},{"name":"Engagement","definition":"Holds the reader''s attention: a lively, natural tone that invites reading on."},{"name":"Limitations","definition":"Honest about what an assistant can''t know or do: no live data, no acts in the world, no feelings or experiences that it claims to have."}],"reasoning":"a927403540ddb756019931eaea51814f","origin":"judge","usage":{"input":748,"output":40,"requests":1,"seconds":2.954485178,"cost":0.0}}',-5972566965027934602);
INSERT INTO event VALUES(10,1795282488.9993801117,'completion','{"node":"9059b5f205e59d4b","step":"proposal","query":0,"prompt":"8b0c2ed12c02c109d30217fcae448a3a","analysis":"e4482e5b07fe19cc6bf32bc4046efb57","summary":"ff353a6c46a75e3c10276c50b02b1717","usage":{"input":748,"output":80,"requests":1,"seconds":2.08558822,"cost":0.0}}',-9060994094094029773);
INSERT INTO event VALUES(11,1795282488.9993801117,'flight','{"flight":"started","node":"9059b5f205e59d4b","step":"answer","query":1}',6403292467209575328);
INSERT INTO event VALUES(12,1795282489.1954145431,'intervention','{"action":{"pause":{}},"author":{"person":{"_0":"ada"}},"reason":"98ea338d5f8c629e3fccda1ad900be06","relation":"new"}',2118154331081919206);
INSERT INTO event VALUES(13,1795282489.4490299225,'intervention','{"action":{"set":{"_0":{"actions":1,"beam":1,"depth":2,"examplesShown":0,"maxCalls":60,"maxDepthIncrease":0,"unreadable":"unscored"}}},"author":{"person":{"_0":"ada"}},"relation":"new"}',-5487205294660266296);
INSERT INTO event VALUES(14,1795282489.7019820213,'intervention','{"action":{"steer":{"_0":"aa4024f0f6233b4d8dffa43db8dda9c0"}},"author":{"person":{"_0":"ada"}},"relation":"new"}',5234226955985834164);
INSERT INTO event VALUES(15,1795282489.9551062583,'intervention','{"action":{"lock":{"_0":"74889b767a508a3acb74af80cb936a2c"}},"author":{"person":{"_0":"ada"}},"relation":"new"}',5947429625781077252);
INSERT INTO event VALUES(16,1795282490.2083692549,'intervention','{"action":{"pin":{"_0":"9059b5f205e59d4b"}},"author":{"person":{"_0":"ada"}},"relation":"new"}',-574439250915574832);
INSERT INTO event VALUES(17,1795282490.4611816406,'intervention','{"action":{"unpin":{"_0":"9059b5f205e59d4b"}},"author":{"person":{"_0":"ada"}},"relation":"undo"}',305488572640562463);
INSERT INTO event VALUES(18,1795282490.5767152309,'completion','{"node":"9059b5f205e59d4b","step":"answer","query":1,"response":"838d0552a6cc2a9b78831f0483d16d6d","examples":[],"usage":{"input":27,"output":232,"requests":1,"seconds":1.5756823720000002,"cost":0.0}}',2795396797189413048);
INSERT INTO event VALUES(19,1795282490.7140712737,'intervention','{"action":{"override":{"_0":"0000000000000000","aspect":"Factuality","score":2}},"author":{"person":{"_0":"ada"}},"relation":"new"}',7796591070327180483);
INSERT INTO event VALUES(20,1795282490.9669938087,'intervention','{"action":{"continue":{}},"author":{"person":{"_0":"ada"}},"relation":"new"}',-6599904745582009622);
INSERT INTO event VALUES(21,1795282490.9669938087,'flight','{"flight":"started","node":"9059b5f205e59d4b","step":"judgement","query":1}',-3992514874858754305);
INSERT INTO event VALUES(22,1795282494.3224191664,'completion','{"node":"9059b5f205e59d4b","step":"judgement","query":1,"scores":[{"aspect":"Factuality","value":5.0,"rationale":"85eb1ee9b1fccc793fd91f0aac6d9a95"},{"aspect":"Depth","value":4.0,"rationale":"ba0b101d8876c7839ac64213bd9f5981"},{"aspect":"Engagement","value":5.0,"rationale":"b505b7c4c073323453abf6225d1cd94b"},{"aspect":"Limitations","value":2.0,"rationale":"4e8979a899f2abb6148a3c7ff24bbc9e"}],"usage":{"input":822,"output":124,"requests":1,"seconds":3.351844551,"cost":0.0}}',-857015918155487433);
INSERT INTO event VALUES(23,1795282494.3224191664,'decision','{"decision":"finish","node":"9059b5f205e59d4b","why":"depth"}',-6892862569858551261);
CREATE TABLE text (
  id BLOB PRIMARY KEY NOT NULL,
  content BLOB NOT NULL
) STRICT;
INSERT INTO text VALUES(X'4d40d928299649a4f9b63bdd86cd0edd',X'596f752068656c702e');
INSERT INTO text VALUES(X'6fd0f69e06c0510824564057f5a6ba36',X'57686f20776173204164613f');
INSERT INTO text VALUES(X'be664714fb83d5799cecd54a65053ec7',X'57686174206973206465773f');
INSERT INTO text VALUES(X'e8837f86832b0c4133ea094c4b53e38e',X'5468652071756572792061736b7320666f72206b6e6f776c656467652e2057697468204164612c20776861742074656c6c73206120676f6f6420616e737765722066726f6d206120706f6f72206f6e652069732061626f766520616c6c206661637475616c6974792e');
INSERT INTO text VALUES(X'e7972c7cfaee76e42024bb215076a621',X'48657265206973207468652070617274207468617420737572707269736573206d6f73742070656f706c653a20416461206973206c6573732061626f75742074616c656e74207468616e2061626f7574206f726465722e0a0a41646120697320757375616c6c792064657363726962656420627920776865726520697420636f6d65732066726f6d20616e642077686174206974206973207573656420666f722c20616e64207468656e20616c736f20697473206f726967696e206163636f756e747320666f72206d6f7374206f66206974732066656174757265732c20616e64207468656e20616c736f20746f64617920697420697320746f6c642061706172742066726f6d20697473206e65696768626f7572732062792074776f206f72207468726565207369676e732e0a0a5468652073686f72742076657273696f6e3a206b65657020746f2074686520657373656e7469616c73206f66204164612e');
INSERT INTO text VALUES(X'9f9bcfbec16c140ee3bffdec88072ed8',X'53746174656d656e7473207374616e6420746865726520776974686f757420612068696e74206f6620686f7720737572652074686579206172652e');
INSERT INTO text VALUES(X'9395c98f80761346f67098510cef1383',X'496e20746869732072657370656374207468657265206973206c6974746c6520746f207769736820666f722e');
INSERT INTO text VALUES(X'b30ded8e9d14cccdac523ed821370f26',X'476f6f642069732022737572707269736573206d6f73742070656f706c653a20416461206973206c6573732061626f7574223a2069742064726177732074686520726561646572206f6e2c20627574206f6e6c792074686572652e');
INSERT INTO text VALUES(X'be24df48c5e6f419e9975911fff4ec85',X'49742069732073696c656e742061626f757420776861742069742063616e2774206b6e6f77206f7220646f2e');
INSERT INTO text VALUES(X'a927403540ddb756019931eaea51814f',X'5468652071756572792061736b7320666f72206b6e6f776c656467652e2057697468206465772c20776861742074656c6c73206120676f6f6420616e737765722066726f6d206120706f6f72206f6e652069732061626f766520616c6c206661637475616c6974792e');
INSERT INTO text VALUES(X'8b0c2ed12c02c109d30217fcae448a3a',X'596f752068656c702e0a2d2042652061636375726174652c20616e64206e65766572206d616b65207570206120736f757263652e');
INSERT INTO text VALUES(X'e4482e5b07fe19cc6bf32bc4046efb57',X'5768617420686f6c64732074686520726573706f6e7365206261636b20697320697473206661637475616c6974792e2053746174656d656e7473207374616e6420746865726520776974686f757420612068696e74206f6620686f7720737572652074686579206172652e204e6f7468696e6720696e207468652070726f6d70742061736b7320666f7220746861742e20497420636f756c64207361793a20636865636b207468617420636c61696d732061726520636f72726563742c20616e64206d61726b207768617420697320756e70726f76656e2e20546865726520697320616c736f20726f6f6d20696e206c696d69746174696f6e732e');
INSERT INTO text VALUES(X'ff353a6c46a75e3c10276c50b02b1717',X'7375726572206661637473');
INSERT INTO text VALUES(X'98ea338d5f8c629e3fccda1ad900be06',X'4c6574206d65206c6f6f6b2e');
INSERT INTO text VALUES(X'aa4024f0f6233b4d8dffa43db8dda9c0',X'42655f62726965662e');
INSERT INTO text VALUES(X'74889b767a508a3acb74af80cb936a2c',X'596f75');
INSERT INTO text VALUES(X'838d0552a6cc2a9b78831f0483d16d6d',X'4772656174207175657374696f6e2120417320616e204149206c616e6775616765206d6f64656c2c204920776f756c642062652064656c69676874656420746f207368617265206d792074686f7567687473206f6e20646577207769746820796f752e205069637475726520646577206173206120646f6f722077697468207468726565206b6579733b20796f7520616c726561647920686f6c64207468652066697273742e0a0a44657720697320757375616c6c792064657363726962656420627920776865726520697420636f6d65732066726f6d20616e642077686174206974206973207573656420666f722c20616e64207468656e20616c736f20697473206f726967696e206163636f756e747320666f72206d6f7374206f66206974732066656174757265732c20616e64207468656e20616c736f2070656f706c65206d65657420697420696e206120666577207479706963616c20736974756174696f6e732c20616e64207468656e20616c736f206f7665722074696d652c207468652076696577206f6620697420686173206368616e6765642c20616e64207468656e20616c736f20746f64617920697420697320746f6c642061706172742066726f6d20697473206e65696768626f7572732062792074776f206f72207468726565207369676e732e0a0a497420697320696e63756d62656e742075706f6e207468652070726163746974696f6e657220746f206f7065726174696f6e616c697365207468652061666f72656d656e74696f6e656420706172616d65746572732e2057686174206c69657320756e6465726e6561746820697320612074726164652d6f66663a20776861742068656c70732061742066697273742068617320697473207072696365206c617465722e2049276d20666169726c792073757265206f6620746865206f75746c696e6520616e64206c6573732073757265206f6620746865206e756d626572732e205374616e64617264207265666572656e636520776f726b73206172652074686520706c61636520746f20766572696679207468652064657461696c732e0a0a497420697320696d706f7274616e7420746f206e6f7465207468617420646577206973206120746f7069632074686174206d616e792070656f706c652066696e6420696d706f7274616e742e2049276c6c2074616b652063617265206f6620746865207265737420666f7220796f7520616e642073656e642061206d657373616765207768656e20697420697320646f6e652e');
INSERT INTO text VALUES(X'85eb1ee9b1fccc793fd91f0aac6d9a95',X'57686174206561726e7320706f696e74732069732022666169726c792073757265206f6620746865206f75746c696e6520616e64206c657373223a2069742073686f777320686f7720737572652069742069732c20616e64206e6f7468696e67206973206d697373696e672e');
INSERT INTO text VALUES(X'ba0b101d8876c7839ac64213bd9f5981',X'57686174206561726e7320706f696e74732069732022756e6465726e6561746820697320612074726164652d6f66663a20776861742068656c7073223a20697420676f657320746f2074686520726561736f6e732c20627574206f6e6c792074686572652e');
INSERT INTO text VALUES(X'b505b7c4c073323453abf6225d1cd94b',X'4974206761696e732066726f6d20225069637475726520646577206173206120646f6f722077697468207468726565223a2069742064726177732074686520726561646572206f6e2c20616e64206e6f7468696e67206973206d697373696e672e');
INSERT INTO text VALUES(X'4e8979a899f2abb6148a3c7ff24bbc9e',X'436f73747320706f696e74733a202249276c6c2074616b652063617265206f6620746865207265737420666f72223a20697420636c61696d732077686174206e6f206d6f64656c2063616e206b6e6f77206f7220646f2e');
CREATE TABLE control (
  id INTEGER PRIMARY KEY,
  time REAL NOT NULL,
  request TEXT NOT NULL,
  answer TEXT,
  answeredAt REAL
) STRICT;
CREATE TABLE memory (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE snapshot (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL,
  count INTEGER NOT NULL,
  chain INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE snapshotPage (
  number INTEGER PRIMARY KEY,
  checksum INTEGER NOT NULL,
  content BLOB NOT NULL
) STRICT;
CREATE TABLE spare (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,
  created REAL NOT NULL,
  configuration TEXT NOT NULL,
  chain INTEGER NOT NULL,
  texts TEXT NOT NULL
) STRICT;
INSERT INTO spare VALUES(1,'af2583f548ae0991',1795282484.3983376025,'{"examples":[],"initialPrompt":"4d40d928299649a4f9b63bdd86cd0edd","library":[{"definition":"The person gets what they came for: the answer meets the need behind the query and can be used as it is.","name":"Helpfulness"},{"definition":"Easy to follow at first reading: plain words, a sensible order, structure where it helps the eye.","name":"Clarity"},{"definition":"What is claimed is true and no more certain than it can be; nothing is made up.","name":"Factuality"},{"definition":"Goes as far into the matter as the query deserves: reasons, mechanisms and consequences rather than the surface.","name":"Depth"},{"definition":"Gives no help toward hurting anyone, warns of real dangers, and points to a safe way where there is one.","name":"Safety"}],"models":{"base":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0},"judge":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0},"optimizer":{"isSimulated":true,"maxTokens":2048,"name":"simulated","temperature":0.2,"topP":0.95}},"name":"winter-gorse","preset":"default","queries":["6fd0f69e06c0510824564057f5a6ba36","be664714fb83d5799cecd54a65053ec7"],"seed":3,"settings":{"actions":1,"beam":1,"depth":2,"examplesShown":0,"maxDepthIncrease":0,"unreadable":"unscored"}}',-2599763195472464809,'["You help.","Who was Ada?","What is dew?"]');
CREATE TABLE call (
  id INTEGER PRIMARY KEY,
  time REAL NOT NULL,
  call TEXT NOT NULL,
  request INTEGER NOT NULL,
  role TEXT NOT NULL,
  model TEXT NOT NULL,
  status TEXT NOT NULL,
  input INTEGER NOT NULL,
  cachedInput INTEGER NOT NULL,
  output INTEGER NOT NULL,
  isEstimated INTEGER NOT NULL,
  requests INTEGER NOT NULL,
  seconds REAL NOT NULL,
  cost REAL,
  replyHash INTEGER,
  checksum INTEGER NOT NULL,
  reply BLOB
) STRICT;
INSERT INTO call VALUES(1,1795282485.8332557677,'{"attempt":0,"node":"0000000000000000","query":0,"sample":0,"step":"aspects"}',2095948731196426116,'judge','simulated','answered',748,0,40,0,1,1.4041557039999998934,0.0,1287432773735063985,-529646033130324848,NULL);
INSERT INTO call VALUES(2,1795282485.8568930625,'{"attempt":0,"node":"0000000000000000","query":0,"sample":0,"step":"answer"}',8366154068478654283,'base','simulated','answered',15,0,90,0,1,1.4258880380000000798,0.0,5750017505161350886,6659540074864806886,NULL);
INSERT INTO call VALUES(3,1795282486.9106416701,'{"attempt":0,"node":"0000000000000000","query":0,"sample":0,"step":"judgement"}',2803371079006549211,'judge','simulated','answered',680,0,86,0,1,1.0498078680000000328,0.0,-6795717277915729419,2498096284679476037,NULL);
INSERT INTO call VALUES(4,1795282487.3883461952,'{"attempt":0,"node":"0000000000000000","query":1,"sample":0,"step":"aspects"}',-3741058270723653708,'judge','simulated','answered',748,0,40,0,1,2.9544851780000001006,0.0,-4169712730746942571,-377599434910152370,NULL);
INSERT INTO call VALUES(5,1795282488.9993801117,'{"attempt":0,"node":"9059b5f205e59d4b","query":0,"sample":0,"step":"proposal"}',-6165448438135537522,'optimizer','simulated','answered',748,0,80,0,1,2.0855882199999999926,0.0,-1527310508084307994,-5067578840425978148,NULL);
INSERT INTO call VALUES(6,1795282490.5767152309,'{"attempt":0,"node":"9059b5f205e59d4b","query":1,"sample":0,"step":"answer"}',843885045849752152,'base','simulated','answered',27,0,232,0,1,1.5756823720000001642,0.0,-2800831790982898939,-8359958881540553834,NULL);
INSERT INTO call VALUES(7,1795282494.3224191664,'{"attempt":0,"node":"9059b5f205e59d4b","query":1,"sample":0,"step":"judgement"}',2009270874245187228,'judge','simulated','answered',822,0,124,0,1,3.3518445510000001164,0.0,-6478416593672689267,7887156428336153712,NULL);
CREATE INDEX callByRequest ON call(request);
COMMIT;
